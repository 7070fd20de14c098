using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Inspections;

/// <summary>Chinese words of inspections, for refusals.</summary>
internal static class InspectionWords
{
    public static string Of(InspectionState state) => state switch
    {
        InspectionState.Planned => "待检查",
        InspectionState.Started => "检查中",
        InspectionState.Finished => "已完成",
        InspectionState.Cancelled => "已取消",
        InspectionState.Unspecified or _ => "未下达",
    };

    public static string Of(InspectionActKind kind) => kind switch
    {
        InspectionActKind.Plan => "下达检查任务",
        InspectionActKind.Start => "开始检查",
        InspectionActKind.LinkRecording => "关联音像",
        InspectionActKind.UnlinkRecording => "解除关联音像",
        InspectionActKind.RecordFinding => "记录检查发现",
        InspectionActKind.Finish => "结束检查",
        InspectionActKind.Cancel => "取消检查",
        InspectionActKind.Unspecified or _ => "未知行为",
    };

    public static string Of(InspectionOutcome outcome) => outcome switch
    {
        InspectionOutcome.NoProblem => "未发现问题",
        InspectionOutcome.Corrected => "当场改正",
        InspectionOutcome.Violation => "发现违法",
        InspectionOutcome.Unspecified or _ => "尚未结束",
    };
}
