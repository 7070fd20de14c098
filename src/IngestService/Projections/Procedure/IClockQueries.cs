using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Running clocks of all cases.</summary>
internal interface IClockQueries
{
    /// <summary>Those with a mark at or before the instant that is not told yet, in the order of their marks.</summary>
    IReadOnlyList<RunningClock> Due(DateTimeOffset now, int count);

    /// <summary>In the order in which they were written last, after the place given.</summary>
    IReadOnlyList<RunningClock> After(ClockPlace place, int count);

    /// <summary>Tasks that expiry made: ESCALATE or RELEASE_TASK, the longest overdue first.</summary>
    IReadOnlyList<RunningClock> Tasks(ClockEffect effect, int count);
}
