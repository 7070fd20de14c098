namespace EdgeEnforcement.Detection.Judging;

/// Why an episode ends for another reason than its readings; part of its last report's words.
internal static class EndReasons
{
    public const string LateRunOver = "补传数据止于此";
    public const string RuleChanged = "规则已变更或撤销";
    public const string MaintenanceEdge = "计划检修时段起止";

    public static bool IsIn(string description) =>
        description.Contains(LateRunOver, StringComparison.Ordinal) || description.Contains(RuleChanged, StringComparison.Ordinal)
        || description.Contains(MaintenanceEdge, StringComparison.Ordinal);
}
