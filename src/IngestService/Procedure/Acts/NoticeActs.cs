using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureState;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Acts;

/// <summary>告知, 陈述申辩, 听证 (T18 to T21; art. 44, 45, 62 to 65).</summary>
internal static class NoticeActs
{
    public static IEnumerable<ActDefinition> All =>
    [
        new ActBuilder(Kind.ServeNotice).From(D0Notice, D1Defence).By(ServiceOfficer, Handler).Officers(2).Law("APL-44", "APL-63").Guarded(Served).Build(),
        new ActBuilder(Kind.RecordDefence).In(D1Defence).By(Handler).Law("APL-45").Guarded(Stated).Build(),
        new ActBuilder(Kind.WaiveDefence).In(D1Defence).By(Handler).Law("APL-45", "APL-62").Guarded(Waived).Build(),
        new ActBuilder(Kind.RecheckDefence).In(D1Defence).By(Handler).Officers(2).Law("APL-45").Guarded(Rechecked).Build(),
        new ActBuilder(Kind.RequestHearing).From(D1Defence, D2Hearing).By(Handler).Law("APL-63", "APL-64").Guarded(Requested).Build(),
        new ActBuilder(Kind.WithdrawHearing).From(D2Hearing, D1Defence).By(Handler).Law("APL-64").Guarded(Stated).Build(),
        new ActBuilder(Kind.RecordHearing).From(D2Hearing, C0LegalReview).By(HearingPresider).Law("APL-58", "APL-64", "APL-65").Guarded(Heard).Build(),
    ];

    private static void Served(ActScope scope)
    {
        ServiceGuards.Served(scope, DocumentKind.PenaltyNotice);
        scope.Require("REVIEW_VALID", ReviewActs.IsReviewed(scope.Case), "法制审核后事实、证据或拟处罚有变化，审核已失效", "变更拟处理意见后重新送审", "APL-58");
        EvidenceGuards.MayBeCited(scope, scope.Case.Report?.EvidenceKeys ?? []);
        CaseDocument? document = ServiceGuards.Find(scope.Case, scope.Act.Service?.DocumentId ?? "");
        scope.Require("NOTICE_CURRENT", document is null || document.ReportSha256.Equals(scope.Case.ReportSha256), "告知书是按以前的报告制作的", "按现在的报告重新制作告知书", "APL-44");
        bool offers = document is not null && ServiceGuards.OffersHearing(document);
        bool due = SanctionGuards.GivesHearing(scope, scope.Case.Report?.Sanction ?? new Sanction());
        scope.Require("HEARING_TOLD", document is null || offers || !due, "拟处罚达到听证标准，告知书没有告知听证权利", "重新制作告知书，告知听证权利", "APL-63", "CQ-HEARING");
    }

    private static void Stated(ActScope scope) => scope.Said(scope.Act.Defence is { } said && ActScope.IsText(said.Text) && ActScope.IsText(said.How), "陈述内容和方式");

    private static void Waived(ActScope scope)
    {
        Stated(scope);
        bool isProved = ActScope.IsText(scope.Act.Defence?.EvidenceKey ?? "");
        scope.Require("WAIVER_PROVED", isProved, "没有放弃的书面或音像证明", "附上当事人签字的声明或音像资料", "APL-62");
        if (isProved)
            EvidenceGuards.Known(scope, [scope.Act.Defence!.EvidenceKey]);
    }

    private static void Rechecked(ActScope scope)
    {
        scope.Said(scope.Act.Defence is { } said && ActScope.IsText(said.Text), "复核意见");
        scope.Require("DEFENCE_STATED", scope.Case.Defences.Count > 0, "没有可复核的陈述申辩", "先记录陈述申辩", "APL-45");
    }

    private static void Requested(ActScope scope)
    {
        Stated(scope);
        scope.Require("HEARING_RIGHT", scope.Case.Notice?.HearingOffered == true, "告知书没有告知听证权利，不在听证范围", "按陈述申辩处理", "APL-63");
        scope.Require("HEARING_NOT_HELD", scope.Case.Hearing is null || scope.Case.Hearing.HeldAt is null, "听证已经举行", "按听证笔录处理", "APL-64");
        ClockState? period = DecisionGuards.HearingPeriod(scope.Case);
        scope.Require("HEARING_IN_TIME", period is null || scope.HappenedAt < Instants.Of(period.DueAt), "超过告知后五个工作日", "逾期未申请的，视为放弃听证", "APL-64");
    }

    private static void Heard(ActScope scope)
    {
        HearingRecord? said = scope.Act.Hearing;
        if (!scope.Said(said is not null && said.HeldAt is not null && said.NotifiedAt is not null && (said.PartyAbsent || ActScope.IsText(said.Transcript)),
            "听证时间、通知时间和笔录"))
            return;
        scope.Require("PRESIDER", said!.PresiderOfficerId == scope.Act.Actor.Id, "听证笔录由主持人提交", "由主持人办理", "APL-64");
        scope.Require("HEARING_TIMES", Instants.Of(said.HeldAt) <= scope.Now && Instants.Of(said.NotifiedAt) >= Instants.Of(scope.Case.Notice?.ServedAt),
            "听证在将来，或通知早于告知书送达", "核对听证和通知的时间", "APL-64");
        scope.Require("SIGNED_OR_REFUSED", said.PartyAbsent || said.Signed || ActScope.IsText(said.RefusalNoted), "听证笔录没有签字，也没有注明拒签", "签字或注明", "APL-64");
        EvidenceGuards.Known(scope, said.Media.Select(part => part.EvidenceKey));
        if (!said.PartyAbsent)
            RecordingGuards.Duty(scope, "hearing", Instants.Of(said.HeldAt), new(said.Media, said.NotRecordedReason, said.NotRecordedApprover));
        DateOnly told = Registers.CivilDay.Of(Registers.Micros.Of(said.NotifiedAt) ?? 0);
        DateOnly held = Registers.CivilDay.Of(Registers.Micros.Of(said.HeldAt) ?? 0);
        DateOnly earliest = new Registers.WorkingDays(scope.Context.Book, scope.Context.AsOf).After(told, 7);
        scope.Require("HEARING_NOTIFIED", held >= earliest, $"听证通知不足七个工作日（最早 {Registers.CivilDay.ToText(earliest)}）", "听证的七个工作日前通知当事人", "APL-64");
    }
}
