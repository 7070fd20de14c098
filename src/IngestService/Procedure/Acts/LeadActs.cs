using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureState;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Acts;

/// <summary>线索: from registration to filing, closing, or dispatch (T3 to T6b, 18).</summary>
internal static class LeadActs
{
    public static IEnumerable<ActDefinition> All =>
    [
        new ActBuilder(Kind.SubmitEvidence).From(A1Lead, A2EvidenceReview).By(Handler).Law("APL-41")
            .Guarded(EvidenceGuards.Present).Build(),
        new ActBuilder(Kind.ReviewEvidence).In(A2EvidenceReview, B1Investigating).By(EvidenceReviewer).Law("APL-41", "APL-46")
            .Guarded(EvidenceGuards.Review).Build(),
        new ActBuilder(Kind.Remind).From(A2EvidenceReview, A3Reminded).By(Handler).Officers(2).Law("APL-33", "APL-28")
            .Guarded(Reminder).Build(),
        new ActBuilder(Kind.ConfirmCorrection).From(A3Reminded, A4LeadClosed).By(Handler).ApprovedBy(UnitHead).Law("APL-33")
            .Guarded(Correction).Build(),
        new ActBuilder(Kind.CorrectionFailed).From(A3Reminded, A2EvidenceReview).By(Handler).Law("APL-28", "APL-54")
            .Guarded(scope => scope.Said(ActScope.IsText(scope.Act.Remark), "未改正的情况（备注）")).Build(),
        new ActBuilder(Kind.CloseLead).From([A1Lead, A2EvidenceReview], A4LeadClosed).By(Handler).ApprovedBy(UnitHead).Law("APL-54")
            .Guarded(Closing).Build(),
        new ActBuilder(Kind.Merge).From([A1Lead, A2EvidenceReview], A1MMerged).By(UnitHead).Law("APL-54").Guarded(Linked).Build(),
        new ActBuilder(Kind.UndoMerge).From(A1MMerged, A1Lead).By(UnitHead).Law("APL-54")
            .Guarded(scope => scope.Said(ActScope.IsText(scope.Act.Remark), "撤销并案的理由（备注）")).Build(),
        new ActBuilder(Kind.Split).In(A1Lead, A2EvidenceReview, B1Investigating).By(UnitHead).Law("APL-54").Guarded(Linked).Build(),
        new ActBuilder(Kind.Move).In(A1Lead, A2EvidenceReview).By(UnitHead).Law("APL-17").Guarded(Move).Build(),
        new ActBuilder(Kind.GiveFeedback).In(Answering).By(Handler, UnitHead).Law("APL-54").Guarded(Feedback).Build(),
        .. Dispatching,
    ];

    // The source is told the result once there is one: leads end before they are answered, so an end does not shut this out.
    private static readonly ProcedureState[] Answering =
    [
        A1Lead, A2EvidenceReview, A3Reminded, A4LeadClosed, A7Dispatched, A8Rectified, A9Rechecked, B0Filed, B1Investigating, B4Suspended, B5InvestigationEnded,
        C0LegalReview, C1Returned, C2Disagreed, D0Notice, D1Defence, D2Hearing, E0Collective, E1Decided, E2Served, X3SimpleReported, F0Performing, G0Closed,
    ];

    // River and grid work mostly ends without a penalty (18): 交办 → 整改 → 销号.
    private static IEnumerable<ActDefinition> Dispatching =>
    [
        new ActBuilder(Kind.Dispatch).From(A1Lead, A7Dispatched).By(UnitHead).Law("CQ-RIVER-15").Guarded(Dispatch).Build(),
        new ActBuilder(Kind.Rectify).From(A7Dispatched, A8Rectified).By(Handler).Law("CQ-RIVER-15").Guarded(Rectification).Build(),
        new ActBuilder(Kind.Recheck).From(A8Rectified, A9Rechecked, A7Dispatched).By(UnitHead, Supervisor).Law("CQ-RIVER-15").Guarded(Recheck)
            .To(scope => scope.Act.Recheck.Passed ? A9Rechecked : A7Dispatched).Build(),
        new ActBuilder(Kind.EscalateDispatch).In(A7Dispatched).By(UnitHead, Supervisor).Law("CQ-RIVER-16").Guarded(Escalation).Build(),
        new ActBuilder(Kind.FindViolation).From([A7Dispatched, A8Rectified], A1Lead).By(Handler, UnitHead).Law("APL-54")
            .Guarded(scope => scope.Said(ActScope.IsText(scope.Act.Remark), "发现的违法事实（备注）")).Build(),
    ];

    private static void Reminder(ActScope scope)
    {
        Reminder? said = scope.Act.Reminder;
        if (!scope.Said(said is not null && ActScope.IsText(said.Text) && said.DueAt is not null, "提醒内容和改正期限"))
            return;
        scope.Require("MINOR", said!.IsMinor, "未认定为轻微、可改正", "认定违法行为轻微且可以改正，否则立案", "APL-33");
        scope.Require("DUE_AHEAD", Instants.Of(said.DueAt) > scope.HappenedAt, "改正期限不晚于提醒时间", "改正期限定在提醒之后");
    }

    private static void Correction(ActScope scope)
    {
        Correction? said = scope.Act.Correction;
        if (!scope.Said(said is not null && ActScope.IsText(said.VerifiedHow), "核实方式"))
            return;
        scope.Require("NO_HARM", said!.HarmNone, "未认定没有危害后果", "有危害后果的不能以提醒改正办结；记为未改正后立案", "APL-33");
        scope.Require("EDUCATED", ActScope.IsText(said.Education), "没有教育记录", "不予处罚的，应当对当事人进行教育并记录", "APL-33");
        EvidenceGuards.Known(scope, said.EvidenceKeys);
    }

    private static void Closing(ActScope scope)
    {
        LeadClosing? said = scope.Act.LeadClosing;
        if (!scope.Said(said is not null && ActScope.IsText(said.Reason), "不予立案的理由"))
            return;
        scope.Require("REASON_LISTED", scope.Rules.LeadClosingReasons.Any(reason => reason.Code == said!.ReasonCode),
            $"理由代码“{said!.ReasonCode}”不在清单内", "从清单中选择理由", "APL-54");
    }

    private static void Linked(ActScope scope)
    {
        LinkedCase? said = scope.Act.LinkedCase;
        if (!scope.Said(said is not null && ActScope.IsText(said.CaseId) && ActScope.IsText(said.Reason), "另一案卷和理由"))
            return;
        scope.Require("OTHER_CASE", said!.CaseId != scope.Case.CaseId, "不能与自身并案或分案", "选择另一案卷");
        scope.Require("OTHER_CASE_OPEN", scope.Act.Kind == Kind.Split || scope.Context.LinkedState is not { } other || !ActTable.IsEnd(other) && other != G0Closed,
            $"案卷 {said.CaseId} 已经办结或已并入他案", "并入仍在办理的案卷", "APL-54");
    }

    private static void Move(ActScope scope)
    {
        if (!scope.Said(scope.Act.Move is { } said && ActScope.IsText(said.ToUnitId) && ActScope.IsText(said.Reason), "接收机构和理由"))
            return;
        scope.Require("UNIT_KNOWN", scope.Context.Book.InForce(RegisterKind.Unit, scope.Act.Move.ToUnitId, scope.Context.AsOf) is not null,
            $"机构 {scope.Act.Move.ToUnitId} 不在登记册内", "选择登记册内的机构", "APL-17");
    }

    private static void Feedback(ActScope scope)
    {
        scope.Require("FEEDBACK_OWED", IsFeedbackOwed(scope.Case), "线索来源不要求反馈，或者已反馈结果", "无须反馈");
        scope.Said(scope.Act.Feedback is { } said && ActScope.IsText(said.How) && ActScope.IsText(said.Content), "反馈方式和内容");
    }

    /// <summary>The source asked to be told, and has not been told the result.</summary>
    public static bool IsFeedbackOwed(ProcedureCase subject) => subject.Source is { FeedbackDue: true } && subject.FeedbackAt is null;

    private static void Dispatch(ActScope scope)
    {
        Dispatch? said = scope.Act.Dispatch;
        if (!scope.Said(said is not null && ActScope.IsText(said.Receiver) && ActScope.IsText(said.Demand) && said.DueAt is not null, "接收人、要求和期限"))
            return;
        scope.Require("DUE_AHEAD", Instants.Of(said!.DueAt) > scope.HappenedAt, "整改期限不晚于交办时间", "整改期限定在交办之后");
        scope.Require("LEVEL", Levels.Contains(said.ReceiverLevel), $"层级“{said.ReceiverLevel}”不存在", "选择村、镇街、区县或市级", "CQ-RIVER-15");
    }

    private static void Escalation(ActScope scope)
    {
        Dispatch(scope);
        if (scope.Guards.Failed.Count > 0)
            return;
        int now = Array.IndexOf(Levels, scope.Case.Dispatch?.ReceiverLevel ?? "");
        int then = Array.IndexOf(Levels, scope.Act.Dispatch.ReceiverLevel);
        scope.Require("ONE_LEVEL_UP", then > now, "提级督办的接收层级不高于现接收层级", "选择上一级", "CQ-RIVER-16");
    }

    private static void Rectification(ActScope scope)
    {
        Rectification? said = scope.Act.Rectification;
        if (!scope.Said(said is not null && ActScope.IsText(said.Measures), "整改措施"))
            return;
        scope.Require("BEFORE_AFTER", said!.BeforeKeys.Count > 0 && said.AfterKeys.Count > 0, "没有整改前后照片", "附上整改前、整改后照片各一张以上", "CQ-RIVER-15");
        EvidenceGuards.Known(scope, said.BeforeKeys.Concat(said.AfterKeys));
    }

    private static void Recheck(ActScope scope)
    {
        scope.Said(scope.Act.Recheck is { } said && ActScope.IsText(said.Finding), "复核情况");
        scope.Require("NOT_RECTIFIER", scope.Case.Acts.LastOrDefault(made => made.Kind == Kind.Rectify)?.OfficerId != scope.Act.Actor.Id,
            "复核人与整改上报人是同一人", "由他人复核销号");
    }

    private static readonly string[] Levels = ["village", "town", "district", "city"];
}
