using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.IngestService.Space;

internal static partial class SpaceLog
{
    [LoggerMessage(EventId = 2100, EventName = "SpaceShrank", Level = LogLevel.Warning,
        Message = "Space of {Volume}: {Before} -> {After}, {Percent:F1} % ({Used} of {Limit} bytes)")]
    public static partial void SpaceShrank(this ILogger log, string volume, SpaceState before, SpaceState after, double percent, long used, long limit);

    [LoggerMessage(EventId = 2101, EventName = "SpaceGrew", Level = LogLevel.Information,
        Message = "Space of {Volume}: {Before} -> {After}, {Percent:F1} % ({Used} of {Limit} bytes)")]
    public static partial void SpaceGrew(this ILogger log, string volume, SpaceState before, SpaceState after, double percent, long used, long limit);

    [LoggerMessage(EventId = 2102, EventName = "SpaceNotMeasured", Level = LogLevel.Warning, Message = "The space could not be measured; the last state stands")]
    public static partial void NotMeasured(this ILogger log, Exception cause);
}
