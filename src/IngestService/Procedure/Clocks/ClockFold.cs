using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Clocks;

/// <summary>
/// Clock facts into the state of a case. A fact that was decided on a clock that has moved since changes nothing but the version: the order of the
/// ledger decides, and no writer has to hold two streams.
/// </summary>
internal static class ClockFold
{
    /// <param name="subject">Changed in place.</param>
    /// <param name="change">Of an act that took effect.</param>
    /// <param name="entry">The act's entry: the start entry of what it started.</param>
    public static void Apply(ProcedureCase subject, ClockChange change, ulong entry)
    {
        ClockState clock = change.Clock.Clone();
        if (change.Kind == ClockChangeKind.Started)
            clock.StartEntry = entry;
        else if (clock.StartEntry == 0)
            clock.StartEntry = entry; // started and changed by the same act
        int at = IndexOf(subject, clock.DeadlineId, clock.Subject, clock.StartEntry);
        if (at < 0)
            subject.Clocks.Add(clock);
        else
            subject.Clocks[at] = clock;
    }

    public static void Apply(ProcedureCase subject, ClockReached reached)
    {
        subject.ClockVersion++;
        int at = IndexOf(subject, reached.DeadlineId, reached.Subject, reached.StartEntry);
        if (at >= 0 && subject.Clocks[at] is { StoppedAt: null } clock && clock.Revision == reached.Revision && !clock.Reached.Contains(reached.Stage))
            clock.Reached.Add(reached.Stage);
    }

    /// <summary>Only what is computed is taken over; a pause that began meanwhile stays.</summary>
    public static void Apply(ProcedureCase subject, RecomputedClock recomputed)
    {
        ClockState after = recomputed.Clock;
        int at = IndexOf(subject, after.DeadlineId, after.Subject, after.StartEntry);
        if (at < 0 || subject.Clocks[at] is not { StoppedAt: null } clock || !clock.DueAt.Equals(recomputed.DueBefore)
            || clock.Revision + (clock.DueAt.Equals(after.DueAt) ? 0u : 1u) != after.Revision)
            return;
        ClockRevision.Take(clock, after);
    }

    private static int IndexOf(ProcedureCase subject, string deadlineId, string about, ulong startEntry)
    {
        for (int i = 0; i < subject.Clocks.Count; i++)
        {
            ClockState clock = subject.Clocks[i];
            if (clock.StartEntry == startEntry && clock.DeadlineId == deadlineId && clock.Subject == about)
                return i;
        }

        return -1;
    }
}
