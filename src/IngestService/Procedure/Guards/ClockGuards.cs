using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>A deadline that ended, or a waiting period that has not, refuses the acts its rule names (art. 60, 62).</summary>
internal static class ClockGuards
{
    public static void Open(ActScope scope)
    {
        foreach (ClockState clock in ClockPolicy.Blocks(scope.Case, scope.Act.Kind, scope.Now, scope.Rules))
            Refuse(scope, clock);
    }

    private static void Refuse(ActScope scope, ClockState clock)
    {
        DeadlineRule? rule = scope.Rules.DeadlineOn(clock.DeadlineId, scope.Case.Domain, scope.Today);
        string due = CivilDay.ToText(CivilDay.Of((Micros.Of(clock.DueAt) ?? 0) - 1));
        bool isWaiting = clock.Effect == ClockEffect.Opens;
        scope.Guards.Fail("CLOCK_" + clock.DeadlineId,
            isWaiting ? $"{rule?.Zh ?? clock.DeadlineId} 到 {due} 才届满" : $"{rule?.Zh ?? clock.DeadlineId} 已于 {due} 届满",
            isWaiting ? "等期限届满，或由当事人放弃" : "有法定理由的，先批准延长或扣除期限", [.. rule?.Articles ?? []]);
    }
}
