namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>A place in the order in which rows of clocks were written.</summary>
internal readonly record struct ClockPlace(ulong Updated, string CaseId, string DeadlineId, ulong StartEntry, string Subject)
{
    public static ClockPlace Start => new(0, "", "", 0, "");
}
