using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>调查终结报告 and what it proposes (art. 40, 46, 54, 57; T13).</summary>
internal static class ReportGuards
{
    public static void Ended(ActScope scope)
    {
        scope.Require("RECORDS", scope.Case.Records.Count > 0, "没有询问笔录或现场检查（勘验）笔录", "先制作至少一份笔录", "APL-55");
        scope.Require("NOTHING_HELD", scope.Case.Preservations.All(track => track.Outcome.Length > 0), "仍有未处理的先行登记保存", "七个工作日内作出处理", "APL-56");
        EvidenceGuards.Reviewed(scope, atLeastOne: false);
        Proposed(scope);
    }

    public static void Proposed(ActScope scope)
    {
        InvestigationReport? said = scope.Act.Report;
        if (!scope.Said(said is not null && ActScope.IsText(said.Facts) && said.Sanction is not null, "违法事实和拟处理意见"))
            return;
        scope.Require("FACTS_PROVEN", said!.EvidenceKeys.Count > 0, "没有引用证据", "违法事实不清、证据不足的，不得给予行政处罚", "APL-40");
        scope.Require("EVIDENCE_CLOSED", said.EvidenceClosed, "证据目录没有确认", "确认证据目录", "APL-46");
        EvidenceGuards.MayBeCited(scope, said.EvidenceKeys);
        EvidenceGuards.NamesNoneExcluded(scope, said.Facts, said.Remark, said.Sanction!.Text);
        string[] unknown = [.. said.Basis.Where(id => scope.Rules.ArticleOn(id, ActDay(scope)) is null)];
        scope.Require("BASIS", said!.Basis.Count > 0 && unknown.Length == 0,
            said.Basis.Count == 0 ? "没有法律依据" : $"违法行为发生时没有生效的条文：{string.Join("、", unknown)}", "引用行为时有效的条文（从旧兼从轻）", "APL-37");
        scope.Require("DISCRETION", said.Sanction!.Kinds.Count == 0 || ActScope.IsText(said.DiscretionRule), "没有引用裁量基准", "写明适用的裁量基准", "APL-34");
        SanctionGuards.Whole(scope, said.Sanction);
    }

    private static DateOnly ActDay(ActScope scope) =>
        Registers.CivilDay.TryParse(scope.Case.Filing?.ActThroughDay ?? "", out DateOnly day) ? day : scope.Today;
}
