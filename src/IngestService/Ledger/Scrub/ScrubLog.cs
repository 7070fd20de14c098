namespace EdgeEnforcement.IngestService.Ledger.Scrub;

internal static partial class ScrubLog
{
    [LoggerMessage(EventId = 2050, EventName = "ScrubStarted", Level = LogLevel.Information, Message = "Scrubbing from entry {Position}")]
    public static partial void Started(this ILogger log, ulong position);

    [LoggerMessage(EventId = 2051, EventName = "ScrubFinding", Level = LogLevel.Error, Message = "Stored evidence is damaged: {Finding}")]
    public static partial void Found(this ILogger log, string finding);

    [LoggerMessage(EventId = 2052, EventName = "ScrubEnded", Level = LogLevel.Information,
        Message = "Verified up to entry {Size}: {Objects} media objects, {Bytes} bytes, {Findings} findings, in {Seconds} s")]
    public static partial void Ended(this ILogger log, ulong size, long objects, long bytes, int findings, double seconds);

    [LoggerMessage(EventId = 2053, EventName = "ScrubRestarted", Level = LogLevel.Warning, Message = "The round begins again at entry 0: {Reason}")]
    public static partial void Restarted(this ILogger log, string reason);

    [LoggerMessage(EventId = 2054, EventName = "ScrubFailed", Level = LogLevel.Error, Message = "The scrubber could not go on; it is tried again")]
    public static partial void Failed(this ILogger log, Exception cause);

    [LoggerMessage(EventId = 2055, EventName = "ScrubNotRecorded", Level = LogLevel.Warning, Message = "The round's end could not be recorded in the ledger: {Reason}")]
    public static partial void NotRecorded(this ILogger log, string reason);
}
