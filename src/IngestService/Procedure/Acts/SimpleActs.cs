using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureState;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Acts;

/// <summary>简易程序 (art. 51 to 53; road traffic by one officer: 道路交通安全违法行为处理程序规定 art. 43, 44).</summary>
internal static class SimpleActs
{
    public static IEnumerable<ActDefinition> All =>
    [
        new ActBuilder(Kind.StartSimple).From([A1Lead, A2EvidenceReview], X1Simple).By(Handler).Law("APL-51", "APL-52").Guarded(Found).Build(),
        new ActBuilder(Kind.DecideSimple).From(X1Simple, X2SimpleDecided).By(Handler).Law("APL-51", "APL-52").Guarded(Decided).Build(),
        new ActBuilder(Kind.ReportSimple).From(X2SimpleDecided, X3SimpleReported).By(Handler).Law("APL-52").Guarded(Reported).Build(),
        new ActBuilder(Kind.AbandonSimple).From(X1Simple, A1Lead).By(Handler).Law("APL-54")
            .Guarded(scope => scope.Said(ActScope.IsText(scope.Act.Remark), "转普通程序的理由（备注）")).Build(),
    ];

    private static void Found(ActScope scope)
    {
        SimpleFinding? said = scope.Act.Simple;
        if (!scope.Said(said?.Finding is not null, "当场查明的事实") || !FilingGuards.Complete(scope, said!.Finding))
            return;
        Officers(scope);
        FilingGuards.Ordinary(scope, said.Finding);
        scope.Require("SIMPLE_AFTER_REVIEW", !IsFromReview(scope.Case) || scope.Profile?.SimpleFromReviewFen > 0,
            "本领域经证据审核的线索不适用简易程序", "立案，适用普通程序", "APL-51", "RTR-43");
        scope.Require("ACT_DAYS", string.CompareOrdinal(said.Finding.ActFromDay, Registers.CivilDay.ToText(scope.Day)) <= 0,
            "当场查明的时间早于违法行为", "核对日期", "APL-36");
        scope.Require("ID_SHOWN", said.IdentityShown, "没有出示执法证件", "向当事人出示执法证件", "APL-52");
        scope.Require("RIGHTS_TOLD", said.RightsTold, "没有当场告知内容、事实、理由、依据和权利", "当场口头告知", "APL-44", "APL-52");
        scope.Require("HEARD", ActScope.IsText(said.Statement), "没有听取陈述申辩的记录", "记录当事人的陈述；没有的写“无”", "APL-45", "APL-52");
        scope.Require("BASIS", said.Basis.Count > 0 && said.Basis.All(id => scope.Rules.ArticleOn(id, scope.Day) is not null), "没有当日有效的法定依据", "引用有效的条文", "APL-51");
        EvidenceGuards.MayBeCitedWhereMonitor(scope);
        EvidenceGuards.Known(scope, said.Media.Select(part => part.EvidenceKey));
        if (!IsFromReview(scope.Case))
            RecordingGuards.Duty(scope, "roadside-penalty", scope.HappenedAt, new(said.Media, said.NotRecordedReason, said.NotRecordedApprover));
    }

    // Art. 52: the decision is handed over on the spot; the signed copy (signature, or the refusal noted on it) goes to the agency's record.
    private static void Reported(ActScope scope) => scope.Require("DECISION_HANDED_OVER",
        scope.Case.Documents.Any(document => document is { Kind: DocumentKind.SimpleDecision, CorrectedBy.Length: 0, ScanSha256.IsEmpty: false }),
        "没有当事人签收（或注明拒收）的当场处罚决定书", "制作当场处罚决定书，签收后扫描回传，再报备案", "APL-52");

    // Also after a merge was undone: what was in review once does not become a finding on the spot.
    private static bool IsFromReview(ProcedureCase subject) =>
        subject.State == A2EvidenceReview || subject.Acts.Any(made => made.Kind == Kind.SubmitEvidence);

    private static void Decided(ActScope scope)
    {
        CaseDecision? said = scope.Act.SimpleDecision;
        if (!scope.Said(said is not null && said.Sanction is { Kinds.Count: > 0 }, "处罚种类"))
            return;
        Officers(scope);
        SanctionGuards.Whole(scope, said!.Sanction);
        bool onlyLight = said.Sanction.Kinds.All(kind => kind is SanctionKind.Warning or SanctionKind.Fine);
        scope.Require("SIMPLE_KINDS", onlyLight, "简易程序只能警告或罚款", "转普通程序", "APL-51");
        long limit = Limit(scope);
        scope.Require("SIMPLE_LIMIT", said.Sanction.FineFen <= limit, $"罚款 {said.Sanction.FineFen / 100m:F2} 元超过简易程序限额 {limit / 100m:F2} 元", "转普通程序", "APL-51");
        scope.Require("NUMBER_LEASED", ActScope.IsText(said.LeasedNumber) && scope.Context.LeasedNumberFault.Length == 0,
            ActScope.IsText(said.LeasedNumber) ? scope.Context.LeasedNumberFault : "没有预定编号的处罚决定书", "使用领用号段内未用、未作废的决定书编号", "APL-52");
        scope.Require("COLLECTOR", !said.CollectedOnTheSpot || said.Sanction.FineFen <= 10_000, "当场收缴超过一百元", "由当事人到指定银行缴纳", "APL-68");
        scope.Said(ActScope.IsText(said.Remedy), "救济途径");
    }

    private static void Officers(ActScope scope)
    {
        if (scope.Profile?.OneOfficerSimple == true)
        {
            scope.Guards.Pass("ONE_OFFICER", "本领域简易程序可以由一名执法人员作出", [], "RTR-43");
            return;
        }

        OfficerGuards.Actor(scope, [Handler], 2);
    }

    private static long Limit(ActScope scope) => IsFromReview(scope.Case) ? Math.Min(OnTheSpot(scope), scope.Profile?.SimpleFromReviewFen ?? 0) : OnTheSpot(scope);

    private static long OnTheSpot(ActScope scope) => (scope.Case.Filing?.PartyKind ?? PartyKind.Citizen) == PartyKind.Organisation
        ? scope.Profile?.SimpleOrganisationFen ?? 300_000
        : scope.Profile?.SimpleCitizenFen ?? 20_000;
}
