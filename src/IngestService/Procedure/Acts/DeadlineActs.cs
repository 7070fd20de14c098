using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using static EdgeEnforcement.Contracts.V1.OfficerRole;
using static EdgeEnforcement.Contracts.V1.ProcedureState;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Acts;

/// <summary>期限: longer or standing still only for reasons that the rules list for that deadline.</summary>
internal static class DeadlineActs
{
    private static readonly ProcedureState[] Running =
    [
        A1Lead, A2EvidenceReview, A3Reminded, A7Dispatched, A8Rectified, B0Filed, B1Investigating, B4Suspended, B5InvestigationEnded, C0LegalReview, C1Returned,
        C2Disagreed, D0Notice, D1Defence, D2Hearing, E0Collective, E1Decided, E2Served, F0Performing,
    ];

    public static IEnumerable<ActDefinition> All =>
    [
        new ActBuilder(Kind.ExtendDeadline).In(Running).By(Handler).ApprovedBy(AgencyHead).Law("APL-60").Guarded(Extended).Build(),
        new ActBuilder(Kind.PauseClock).In(Running).By(Handler).ApprovedBy(UnitHead).Law("APL-60").Guarded(Paused).Build(),
        new ActBuilder(Kind.ResumeClock).In(Running).By(Handler).Law("APL-60").Guarded(Resumed).Build(),
    ];

    public static ClockState? Clock(ProcedureCase subject, string deadlineId) =>
        subject.Clocks.LastOrDefault(clock => clock.DeadlineId == deadlineId && clock.StoppedAt is null);

    private static void Extended(ActScope scope)
    {
        if (!Known(scope, out ClockState? clock, out DeadlineRule? rule))
            return;
        DeadlineChange said = scope.Act.Deadline;
        DeadlineExtension? lawful = rule!.Extensions.FirstOrDefault(known => known.Reason.Code == said.ReasonCode);
        if (!scope.Require("REASON_LISTED", lawful is not null, $"“{said.ReasonCode}”不是 {rule.Zh} 的法定延长理由", "选择规则所列理由", [.. rule.Articles]))
            return;
        long granted = clock!.Extensions.Where(known => known.ReasonCode == said.ReasonCode).Sum(known => (long)known.Units) + said.Units;
        scope.Require("EXTENSION_LIMIT", said.Units > 0 && granted <= lawful!.MaxUnits,
            $"累计延长 {granted}，超过上限 {lawful!.MaxUnits}", "在上限内延长", [.. rule.Articles]);
        scope.Said(ActScope.IsText(said.Reason), "延长的具体理由");
    }

    private static void Paused(ActScope scope)
    {
        if (!Known(scope, out ClockState? clock, out DeadlineRule? rule))
            return;
        scope.Require("REASON_LISTED", rule!.PauseReasons.Any(known => known.Code == scope.Act.Deadline.ReasonCode),
            $"“{scope.Act.Deadline.ReasonCode}”不是 {rule.Zh} 的法定扣除理由", "选择规则所列理由", [.. rule.Articles]);
        scope.Require("CLOCK_NOT_OVER", Instants.Of(clock!.DueAt) > scope.Now, $"{rule.Zh} 已经届满", "届满的期限不能扣除", [.. rule.Articles]);
        scope.Require("NOT_PAUSED", clock!.PausedSince is null, $"{rule.Zh} 已在扣除中", "先恢复计算");
        scope.Said(ActScope.IsText(scope.Act.Deadline.Reason), "扣除的具体理由");
    }

    private static void Resumed(ActScope scope)
    {
        if (Known(scope, out ClockState? clock, out DeadlineRule? rule))
            scope.Require("PAUSED", clock!.PausedSince is not null, $"{rule!.Zh} 没有在扣除", "无需恢复");
    }

    private static bool Known(ActScope scope, out ClockState? clock, out DeadlineRule? rule)
    {
        string id = scope.Act.Deadline?.DeadlineId ?? "";
        clock = Clock(scope.Case, id);
        rule = scope.Rules.DeadlineOn(id, scope.Case.Domain, scope.Today);
        return scope.Require("CLOCK_RUNS", clock is not null && rule is not null, $"期限 {id} 没有在计算", "选择计算中的期限");
    }
}
