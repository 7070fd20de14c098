using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Detection;

/// <summary>
/// When a reading is late (迟到): by its kind, counted from the end of its period. One answer for edge and centre. docs/formats/rule-set.md.
/// </summary>
public static class Lateness
{
    /// <summary>A clock further ahead says nothing about now.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(10);

    // DESIGN 4: ten minutes. Hours and days are computed and sent by the logger some time after they end: half of an hour, a quarter of a day.
    private static readonly TimeSpan Instant = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Hour = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Day = TimeSpan.FromHours(6);

    /// <param name="kind">Of a recalled reading: what it was recalled for.</param>
    /// <returns>How long after the end of its period it may come and still be in time.</returns>
    public static TimeSpan After(ReadingKind kind) => kind switch
    {
        ReadingKind.Hour => Hour,
        ReadingKind.Day => Day,
        ReadingKind.Unspecified or ReadingKind.RealTime or ReadingKind.Minute or ReadingKind.Recalled => Instant,
        _ => Instant,
    };

    /// <summary>It came too long after the end of its period.</summary>
    public static bool IsLate(ReadingKind kind, DateTimeOffset periodEnd, DateTimeOffset arrivedAt) => arrivedAt - periodEnd > After(kind);

    /// <summary>Neither late nor from a clock that is ahead.</summary>
    public static bool IsInTime(ReadingKind kind, DateTimeOffset periodEnd, DateTimeOffset arrivedAt) =>
        !IsLate(kind, periodEnd, arrivedAt) && periodEnd - arrivedAt <= MostAhead;
}
