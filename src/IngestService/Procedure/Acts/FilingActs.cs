using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using EdgeEnforcement.IngestService.Registers;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureState;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Acts;

/// <summary>立案 and 调查取证 (T9 to T13).</summary>
internal static class FilingActs
{
    public static IEnumerable<ActDefinition> All =>
    [
        new ActBuilder(Kind.File).From([A1Lead, A2EvidenceReview], B0Filed).By(Handler).ApprovedBy(AgencyHead).Law("APL-54")
            .Guarded(FilingGuards.All).Build(),
        new ActBuilder(Kind.AssignOfficers).From(B0Filed, B1Investigating)
            .In(B1Investigating, B4Suspended, B5InvestigationEnded, C0LegalReview, C1Returned, C2Disagreed, D0Notice, D1Defence, D2Hearing,
                E0Collective, E1Decided, E2Served, F0Performing)
            .By(UnitHead).Law("APL-42", "APL-43").Guarded(Assigned).Build(),
        new ActBuilder(Kind.RecordInvestigation).In(B1Investigating).By(Handler).Officers(2).Law("APL-54", "APL-55").Guarded(Recorded).Build(),
        new ActBuilder(Kind.Preserve).In(B1Investigating).By(Handler).ApprovedBy(AgencyHead).Officers(2).Law("APL-56").Guarded(Preserved).Build(),
        new ActBuilder(Kind.SettlePreservation).In(B1Investigating, B4Suspended, B5InvestigationEnded, C0LegalReview, C1Returned, C2Disagreed, D0Notice, D1Defence,
                D2Hearing, E0Collective, E1Decided, E2Served, F0Performing)
            .By(Handler).ApprovedBy(AgencyHead).Law("APL-56").Guarded(Settled).Build(),
        new ActBuilder(Kind.Suspend).From(B1Investigating, B4Suspended).By(Handler).ApprovedBy(AgencyHead).Law("APL-54").Guarded(Reasoned).Build(),
        new ActBuilder(Kind.Resume).From(B4Suspended, B1Investigating).By(Handler, UnitHead).Law("APL-54").Build(),
        new ActBuilder(Kind.EndInvestigation).From(B1Investigating, B5InvestigationEnded).By(Handler).Officers(2).Law("APL-40", "APL-54")
            .Guarded(ReportGuards.Ended).Build(),
        new ActBuilder(Kind.ReopenInvestigation).From([B5InvestigationEnded, C1Returned], B1Investigating).By(Handler, UnitHead).Law("APL-54")
            .Guarded(scope => scope.Said(ActScope.IsText(scope.Act.Remark), "补充调查的事项（备注）")).Build(),
        new ActBuilder(Kind.Terminate).From([B1Investigating, B5InvestigationEnded], G0Closed).By(Handler).ApprovedBy(AgencyHead).Law("APL-57")
            .Guarded(Reasoned).Build(),
    ];

    private static void Assigned(ActScope scope)
    {
        OfficersAssigned? said = scope.Act.Officers;
        if (!scope.Said(said is not null && ActScope.IsText(said.FirstOfficerId) && ActScope.IsText(said.SecondOfficerId), "两名承办人"))
            return;
        scope.Require("TWO_OFFICERS", said!.FirstOfficerId != said.SecondOfficerId, "两名承办人是同一人", "执法人员不得少于两人", "APL-42");
        OfficerGuards.MayAct(scope, said.FirstOfficerId, Handler, "承办人一");
        OfficerGuards.MayAct(scope, said.SecondOfficerId, Handler, "承办人二");
        if (scope.Case.State != B0Filed)
            scope.Said(ActScope.IsText(said.Reason), "更换承办人的理由");
    }

    private static void Recorded(ActScope scope)
    {
        InvestigationRecord? said = scope.Act.Record;
        if (!scope.Said(said is not null && said.Kind != InvestigationRecordKind.Unspecified && ActScope.IsText(said.Content)
            && said.From is not null && said.Until is not null, "笔录种类、起止时间和内容"))
            return;
        scope.Require("RECORD_TIMES", said!.From <= said.Until && Instants.Of(said.Until) <= scope.Now, "笔录时间颠倒，或在将来", "核对起止时间", "APL-55");
        scope.Require("ID_SHOWN", said.IdentityShown, "没有出示执法证件", "主动出示执法证件并记入笔录；否则当事人有权拒绝", "APL-55");
        scope.Require("SIGNED_OR_REFUSED", said.Signed || ActScope.IsText(said.RefusalNoted), "笔录既未签字，也未注明拒签情况",
            "由当事人签字，或注明拒绝签字的情况", "APL-55");
        EvidenceGuards.Known(scope, said.Media.Select(part => part.EvidenceKey));
        RecordingGuards.Duties(scope, said);
        RecordingGuards.StepsFirst(scope, said);
    }

    private static void Preserved(ActScope scope)
    {
        Preservation? said = scope.Act.Preservation;
        if (!scope.Said(said is not null && ActScope.IsText(said.PreservationId) && said.Things.Count > 0 && ActScope.IsText(said.Reason), "保存编号、物品清单和理由"))
            return;
        scope.Require("PRESERVATION_NEW", scope.Case.Preservations.All(track => track.PreservationId != said!.PreservationId),
            $"保存编号 {said!.PreservationId} 已用过", "使用新的编号", "APL-56");
        EvidenceGuards.Known(scope, said.Media.Select(part => part.EvidenceKey));
        RecordingGuards.Duty(scope, "preservation", At(scope, said.Media), new(said.Media, said.NotRecordedReason, said.NotRecordedApprover));
    }

    // The things were registered where the recording shows it; the approval came later.
    private static DateTimeOffset At(ActScope scope, IEnumerable<MediaSegment> media) =>
        media.FirstOrDefault() is { } first && EvidenceGuards.Find(scope.Case, first.EvidenceKey) is { Source.CapturedAt: { } begun } ? Instants.Of(begun) : scope.HappenedAt;

    private static void Settled(ActScope scope)
    {
        if (!scope.Said(scope.Act.PreservationOutcome is { } said && ActScope.IsText(said.Outcome), "处理结果"))
            return;
        scope.Require("PRESERVATION_RUNNING", scope.Case.Preservations.Any(track =>
            track.PreservationId == scope.Act.PreservationOutcome.PreservationId && track.Outcome.Length == 0),
            $"没有进行中的先行登记保存 {scope.Act.PreservationOutcome.PreservationId}", "选择进行中的保存", "APL-56");
    }

    private static void Reasoned(ActScope scope)
    {
        if (!scope.Said(scope.Act.Suspension is { } said && ActScope.IsText(said.Reason), "理由"))
            return;
        if (scope.Act.Kind == Kind.Suspend)
            scope.Require("REASON_LISTED", scope.Rules.SuspensionReasons.Any(reason => reason.Code == scope.Act.Suspension.ReasonCode),
                $"理由代码“{scope.Act.Suspension.ReasonCode}”不在中止清单内", "从清单中选择理由", "APL-54");
        else
            scope.Require("NOTHING_HELD", scope.Case.Preservations.All(track => track.Outcome.Length > 0), "仍有未处理的先行登记保存", "先作出处理", "APL-56");
    }
}
