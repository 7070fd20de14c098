using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Clocks;

/// <summary>A clock whose due instant is computed again.</summary>
internal static class ClockRevision
{
    /// <summary>
    /// Takes over what was computed. A stage that was reached stays so while its mark did not move to later: a clock moved back tells nothing
    /// twice, one that was extended tells its new marks again.
    /// </summary>
    /// <param name="clock">As it is; changed in place.</param>
    /// <param name="computed">The same clock with new due, marks and calendars; may be of an earlier state of it.</param>
    public static void Take(ClockState clock, ClockState computed)
    {
        ClockStage[] kept = [.. clock.Reached.Where(stage => IsNoLater(DuePolicy.MarkOf(computed, stage), DuePolicy.MarkOf(clock, stage)))];
        clock.Reached.Clear();
        clock.Reached.AddRange(kept);
        if (!clock.DueAt.Equals(computed.DueAt))
            clock.Revision++;
        (clock.DueAt, clock.HalfAt, clock.EightyAt, clock.LastDayAt) = (computed.DueAt, computed.HalfAt, computed.EightyAt, computed.LastDayAt);
        clock.Provisional = computed.Provisional;
        clock.CalendarEntries.Clear();
        clock.CalendarEntries.AddRange(computed.CalendarEntries);
    }

    private static bool IsNoLater(Google.Protobuf.WellKnownTypes.Timestamp? now, Google.Protobuf.WellKnownTypes.Timestamp? then) =>
        now is null || then is null || now <= then;
}
