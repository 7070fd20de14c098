using EdgeEnforcement.Contracts.V1;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>The process's own Chinese words, for refusals and documents. The console words states and acts in both languages itself.</summary>
internal static class Words
{
    /// <summary>"A1", "B0": what stands in common numbers.</summary>
    public static string Code(State state)
    {
        string name = state.ToString();
        return state == State.A1MMerged ? "A1M" : name[..2];
    }

    public static string Of(State state) => state switch
    {
        State.A1Lead => "线索登记",
        State.A2EvidenceReview => "证据审核",
        State.A3Reminded => "提醒改正",
        State.A4LeadClosed => "线索办结",
        State.A5Referred => "线索移送",
        State.A6Dispute => "管辖争议",
        State.A7Dispatched => "交办督办",
        State.A8Rectified => "整改待复核",
        State.A9Rechecked => "销号",
        State.A1MMerged => "已并案",
        State.B0Filed => "立案",
        State.B1Investigating => "调查取证",
        State.B4Suspended => "中止调查",
        State.B5InvestigationEnded => "调查终结",
        State.C0LegalReview => "法制审核",
        State.C1Returned => "审核退回",
        State.C2Disagreed => "意见不一致协调",
        State.D0Notice => "处罚告知",
        State.D1Defence => "陈述申辩",
        State.D2Hearing => "听证",
        State.E0Collective => "集体讨论",
        State.E1Decided => "决定",
        State.E2Served => "送达",
        State.X1Simple => "当场查明",
        State.X2SimpleDecided => "当场决定",
        State.X3SimpleReported => "当场处罚备案",
        State.F0Performing => "履行期",
        State.F1Reminder => "催告",
        State.F2Enforcing => "强制执行",
        State.F3Court => "申请法院强制执行",
        State.G0Closed => "结案",
        State.G1Archived => "归档",
        State.H0CriminalTransfer => "涉嫌犯罪移送",
        State.H1ReturnedByPolice => "公安退回",
        State.ZRevoked => "撤销变更",
        State.Unspecified or _ => "未知状态",
    };

    public static string Of(Kind kind) => kind switch
    {
        Kind.SubmitEvidence => "提交证据审核",
        Kind.ReviewEvidence => "审核证据",
        Kind.Remind => "提醒改正",
        Kind.ConfirmCorrection => "确认改正",
        Kind.CorrectionFailed => "认定逾期未改正",
        Kind.CloseLead => "办结线索（不予立案）",
        Kind.Dispatch => "交办",
        Kind.Rectify => "上报整改",
        Kind.Recheck => "复核销号",
        Kind.EscalateDispatch => "提级督办",
        Kind.FindViolation => "转为违法线索",
        Kind.Merge => "并案",
        Kind.UndoMerge => "撤销并案",
        Kind.Split => "分案",
        Kind.GiveFeedback => "反馈来源",
        Kind.Move => "改派承办机构",
        Kind.File => "立案",
        Kind.AssignOfficers => "指派承办人",
        Kind.RecordInvestigation => "制作笔录",
        Kind.Preserve => "先行登记保存",
        Kind.SettlePreservation => "处理先行登记保存",
        Kind.Suspend => "中止调查",
        Kind.Resume => "恢复调查",
        Kind.EndInvestigation => "终结调查",
        Kind.ReopenInvestigation => "补充调查",
        Kind.Terminate => "撤销立案或终止调查",
        Kind.SubmitReview => "送法制审核",
        Kind.GiveOpinion => "出具法制审核意见",
        Kind.Insist => "坚持原意见",
        Kind.Coordinate => "协调",
        Kind.Amend => "变更拟处理意见",
        Kind.ServeNotice => "送达告知书",
        Kind.RecordDefence => "记录陈述申辩",
        Kind.WaiveDefence => "记录放弃陈述申辩",
        Kind.RecheckDefence => "复核陈述申辩",
        Kind.RequestHearing => "申请听证",
        Kind.RecordHearing => "提交听证笔录",
        Kind.WithdrawHearing => "撤回听证申请",
        Kind.Discuss => "集体讨论",
        Kind.DecidePenalty => "决定处罚",
        Kind.DecideNoPenalty => "决定不予处罚",
        Kind.ServeDecision => "送达决定书",
        Kind.RecordPayment => "登记缴款",
        Kind.GrantDeferral => "延期或分期缴纳",
        Kind.CloseCase => "结案",
        Kind.Archive => "归档",
        Kind.StartSimple => "启动简易程序",
        Kind.DecideSimple => "当场决定",
        Kind.ReportSimple => "报备案",
        Kind.AbandonSimple => "转普通程序",
        Kind.IssueDocument => "制作文书",
        Kind.BindScan => "绑定扫描件",
        Kind.CorrectDocument => "补正文书",
        Kind.ExtendDeadline => "延长期限",
        Kind.PauseClock => "扣除期限",
        Kind.ResumeClock => "恢复计算期限",
        Kind.Approve => "批准",
        Kind.ReturnRequest => "退回",
        Kind.WithdrawRequest => "撤回申请",
        Kind.Unspecified or _ => "未知行为",
    };

    public static string Of(OfficerRole role) => role switch
    {
        OfficerRole.Handler => "承办人",
        OfficerRole.TechnicalReviewer => "技术审核人",
        OfficerRole.EvidenceReviewer => "证据审核人",
        OfficerRole.UnitHead => "承办机构负责人",
        OfficerRole.LegalReviewer => "法制审核人",
        OfficerRole.AgencyHead => "行政机关负责人",
        OfficerRole.HearingPresider => "听证主持人",
        OfficerRole.ServiceOfficer => "送达人",
        OfficerRole.PublicationOfficer => "公示员",
        OfficerRole.EvidenceCustodian => "音像资料管理员",
        OfficerRole.Supervisor => "执法监督人员",
        OfficerRole.SystemAdministrator => "系统管理员",
        OfficerRole.Installer => "安装维护人员",
        OfficerRole.Unspecified or _ => "未知职责",
    };

    public static string Of(DocumentKind kind) => kind switch
    {
        DocumentKind.FilingApproval => "立案审批表",
        DocumentKind.InquiryRecord => "询问笔录",
        DocumentKind.SceneRecord => "现场检查（勘验）笔录",
        DocumentKind.InvestigationReport => "调查终结报告",
        DocumentKind.LegalOpinion => "法制审核意见书",
        DocumentKind.PenaltyNotice => "行政处罚事先（听证）告知书",
        DocumentKind.PenaltyDecision => "行政处罚决定书",
        DocumentKind.NoPenaltyDecision => "不予行政处罚决定书",
        DocumentKind.SimpleDecision => "当场行政处罚决定书",
        DocumentKind.ServiceReceipt => "送达回证",
        DocumentKind.CorrectionOrder => "责令改正通知书",
        DocumentKind.ClosingApproval => "结案审批表",
        DocumentKind.Correction => "补正",
        DocumentKind.DiscussionRecord => "集体讨论记录",
        DocumentKind.PreservationDecision => "先行登记保存证据通知书",
        DocumentKind.Unspecified or _ => "未知文书",
    };
}
