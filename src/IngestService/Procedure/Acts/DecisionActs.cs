using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureState;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Acts;

/// <summary>决定, 送达, 履行, 结案, 归档 (T22 to T27, T34).</summary>
internal static class DecisionActs
{
    public static IEnumerable<ActDefinition> All =>
    [
        new ActBuilder(Kind.Discuss).From(D1Defence, E0Collective).In(E0Collective).By(AgencyHead).Law("APL-57").Guarded(Discussed).Build(),
        new ActBuilder(Kind.DecidePenalty).From([D1Defence, E0Collective], E1Decided).By(Handler).ApprovedBy(AgencyHead).Law("APL-57", "APL-62")
            .Guarded(DecisionGuards.Penalty).Build(),
        new ActBuilder(Kind.DecideNoPenalty).From([D0Notice, D1Defence, E0Collective], E1Decided).By(Handler).ApprovedBy(AgencyHead).Law("APL-33", "APL-57")
            .Guarded(DecisionGuards.NoPenalty).Build(),
        new ActBuilder(Kind.ServeDecision).From(E1Decided, E2Served, F0Performing).By(ServiceOfficer, Handler).Officers(2).Law("APL-61")
            .Guarded(DecisionServed)
            .To(scope => IsToPerform(scope.Case) ? F0Performing : E2Served).Build(),
        new ActBuilder(Kind.RecordPayment).In(F0Performing).From(X3SimpleReported, F0Performing).By(Handler).Law("APL-67", "APL-71").Guarded(Paid).Build(),
        new ActBuilder(Kind.GrantDeferral).In(F0Performing).From(X3SimpleReported, F0Performing).By(Handler).ApprovedBy(AgencyHead).Law("APL-66").Guarded(Deferred).Build(),
        new ActBuilder(Kind.CloseCase).From([E2Served, F0Performing, X3SimpleReported], G0Closed).By(Handler).ApprovedBy(AgencyHead).Law("APL-66").Guarded(Closed).Build(),
        new ActBuilder(Kind.Archive).From(G0Closed, G1Archived).By(Handler, EvidenceCustodian).Law("APL-47").Guarded(ArchiveGuards.Whole).Build(),
    ];

    public static bool IsToPerform(ProcedureCase subject) => Owed(subject) > subject.PaidFen
        || (subject.Decision?.Sanction?.Kinds.Any(kind => kind is not (SanctionKind.Warning or SanctionKind.Criticism or SanctionKind.Fine or SanctionKind.Confiscation)) ?? false);

    private static long Owed(ProcedureCase subject) => (subject.Decision?.Sanction?.FineFen ?? 0) + (subject.Decision?.Sanction?.ConfiscationFen ?? 0);

    private static void DecisionServed(ActScope scope)
    {
        ServiceGuards.Served(scope, DocumentKind.PenaltyDecision, DocumentKind.NoPenaltyDecision);
        EvidenceGuards.MayBeCited(scope, ServiceGuards.Find(scope.Case, scope.Act.Service?.DocumentId ?? "")?.EvidenceKeys ?? []);
    }

    private static void Discussed(ActScope scope)
    {
        CollectiveDiscussion? said = scope.Act.Discussion;
        if (!scope.Said(said is not null && ActScope.IsText(said.Record) && ActScope.IsText(said.Conclusion) && said.HeldAt is not null, "讨论时间、记录和结论"))
            return;
        int quorum = scope.Profile?.CollectiveQuorum ?? 3;
        string[] absent = [.. said!.ParticipantOfficerIds.Distinct().Where(officer => !OfficerGuards.MayDiscuss(scope, officer))];
        scope.Require("DISCUSSANTS", absent.Length == 0, $"不能参加集体讨论：{string.Join("、", absent)}",
            "由本机关没有回避、未承办本案的负责人参加", "APL-43", "APL-57");
        int present = said.ParticipantOfficerIds.Distinct().Count();
        scope.Require("QUORUM", present >= quorum, $"参加集体讨论的负责人 {present} 人，不足 {quorum} 人", "达到规定人数", "APL-57");
        DateTimeOffset held = Instants.Of(said.HeldAt);
        scope.Require("DISCUSSION_HELD", held <= scope.Now && held >= LastHeard(scope.Case).AddMinutes(-1), "集体讨论的时间在将来，或早于告知、陈述申辩、复核",
            "听取并复核当事人的意见后讨论，讨论之后再记录", "APL-57", "APL-45");
        EvidenceGuards.NamesNoneExcluded(scope, said.Record, said.Conclusion);
        DecisionGuards.Heard(scope);
    }

    // Heads discuss what the party was told, what it said to it, and what was found of that.
    private static DateTimeOffset LastHeard(ProcedureCase subject) => subject.Acts
        .Where(made => made.Kind is Kind.RecordDefence or Kind.RecheckDefence or Kind.GiveOpinion)
        .Select(made => Instants.Of(made.HappenedAt ?? made.At)).Append(Instants.Of(subject.Notice?.ServedAt ?? subject.OpenedAt)).Max();

    private static void Paid(ActScope scope)
    {
        Payment? said = scope.Act.Payment;
        if (!scope.Said(said is not null && said.AmountFen > 0 && ActScope.IsText(said.Receipt) && ActScope.IsText(said.CollectedBy), "金额、票据和收缴机构"))
            return;
        scope.Require("NOT_MORE", said!.AmountFen <= Owed(scope.Case) - scope.Case.PaidFen, "缴款超过决定金额", "核对金额", "APL-67");
        bool isOnTheSpot = scope.Case.Decision?.CollectedOnTheSpot == true;
        scope.Require("COLLECTOR", isOnTheSpot || !OfficerGuards.IsOfDecider(scope, said.CollectedBy),
            "作出决定的机关及其执法人员不得自行收缴罚款", "由银行或电子支付系统收缴", "APL-67");
    }

    private static void Deferred(ActScope scope)
    {
        if (!scope.Said(scope.Act.Deferral is { } said && ActScope.IsText(said.Reason) && (said.Until is not null || said.Instalments.Count > 0), "延期或分期的期限和理由"))
            return;
        scope.Require("DUE_AHEAD", scope.Act.Deferral.Instalments.Append(scope.Act.Deferral.Until).Where(day => day is not null)
            .All(day => Instants.Of(day) > scope.HappenedAt), "期限不晚于今天", "期限定在以后", "APL-66");
    }

    private static void Closed(ActScope scope)
    {
        scope.Said(scope.Act.Closing is { } said && ActScope.IsText(said.Reason), "结案理由");
        scope.Require("PERFORMED", Owed(scope.Case) <= scope.Case.PaidFen, $"尚有 {(Owed(scope.Case) - scope.Case.PaidFen) / 100m:F2} 元没有缴纳", "缴清后结案，或依法催告、申请执行", "APL-66");
        scope.Require("NOTHING_HELD", scope.Case.Preservations.All(track => track.Outcome.Length > 0), "仍有未处理的先行登记保存", "先作出处理", "APL-56");
    }
}
