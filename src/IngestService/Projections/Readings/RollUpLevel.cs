using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Readings;

internal enum RollUpLevel
{
    Minute = 1,
    Hour = 2,
    Day = 3,
}

internal static class RollUpLevels
{
    private static readonly RollUpLevel[] OfRealTime = [RollUpLevel.Minute, RollUpLevel.Hour, RollUpLevel.Day];
    private static readonly RollUpLevel[] OfMinutes = [RollUpLevel.Hour, RollUpLevel.Day];
    private static readonly RollUpLevel[] OfHours = [RollUpLevel.Day];

    /// <summary>
    /// Finest first. Only levels coarser than the kind's own period: a station's minute means are what the law reads, ours of them would
    /// say the same twice. Each level is folded from the one before it, the first from the readings.
    /// </summary>
    public static RollUpLevel[] Of(ReadingKind kind) => kind switch
    {
        ReadingKind.RealTime => OfRealTime,
        ReadingKind.Minute => OfMinutes,
        ReadingKind.Hour => OfHours,
        _ => [],
    };

    public static long Span(this RollUpLevel level) => level switch
    {
        RollUpLevel.Minute => CivilCalendar.MinuteMs,
        RollUpLevel.Hour => CivilCalendar.HourMs,
        RollUpLevel.Day => CivilCalendar.DayMs,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
