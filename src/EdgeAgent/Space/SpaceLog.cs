using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.EdgeAgent.Space;

internal static partial class SpaceLog
{
    [LoggerMessage(7400, LogLevel.Warning, "Station disk: {Before} -> {After}, {Percent:F1} % ({Used} of {Limit} bytes)", EventName = "SpaceChanged")]
    public static partial void SpaceChanged(this ILogger logger, SpaceState before, SpaceState after, double percent, long used, long limit);

    [LoggerMessage(7401, LogLevel.Warning, "Given up for want of space: P2 of epoch {Epoch}, {First} to {Last}, {Unanswered} of them without receipt; a gap certificate names them", EventName = "Shed")]
    public static partial void Shed(this ILogger logger, uint epoch, ulong first, ulong last, ulong unanswered);

    [LoggerMessage(7402, LogLevel.Warning, "A full disk had stopped {Log}; it was recovered and is open again", EventName = "LogReopened")]
    public static partial void LogReopened(this ILogger logger, string log);

    [LoggerMessage(7403, LogLevel.Debug, "Space: {Reason}", EventName = "SpaceWaits")]
    public static partial void SpaceWaits(this ILogger logger, string reason);
}
