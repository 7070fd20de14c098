namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

internal static partial class Hj212Log
{
    [LoggerMessage(7620, LogLevel.Information, "Station {Mn} speaks {Protocol} from {Remote}", EventName = "StationConnected")]
    public static partial void StationConnected(this ILogger logger, string mn, string protocol, string remote);

    [LoggerMessage(7621, LogLevel.Information, "Station {Mn} at {Remote} is gone", EventName = "StationDisconnected")]
    public static partial void StationDisconnected(this ILogger logger, string mn, string remote);

    [LoggerMessage(7622, LogLevel.Warning, "{Remote} speaks as {Mn}: {Reason}", EventName = "StationIdentity")]
    public static partial void StationIdentity(this ILogger logger, string remote, string mn, string reason);

    [LoggerMessage(7623, LogLevel.Warning, "The clock of {Mn} is {Seconds:F0} s off", EventName = "StationClock")]
    public static partial void StationClock(this ILogger logger, string mn, double seconds);

    [LoggerMessage(7624, LogLevel.Warning, "{Mn} sends more than its budget; it waits", EventName = "StationFlood")]
    public static partial void StationFlood(this ILogger logger, string mn);

    [LoggerMessage(7625, LogLevel.Debug, "{Remote}: {Bytes} bytes are no frame ({Reason})", EventName = "Malformed")]
    public static partial void Malformed(this ILogger logger, string remote, long bytes, string reason);

    [LoggerMessage(7626, LogLevel.Information, "Asked {Mn} for {Command} ({Reason}): {Outcome} after {Attempts} attempts", EventName = "Exchanged")]
    public static partial void Exchanged(this ILogger logger, string mn, string command, string reason, string outcome, uint attempts);

    [LoggerMessage(7627, LogLevel.Warning, "What {Mn} sends is not taken and it waits: {Reason}", EventName = "StationFull")]
    public static partial void StationFull(this ILogger logger, string mn, string reason);

    [LoggerMessage(7628, LogLevel.Warning, "{Fault} What was read of stations is read from the spool again", EventName = "CoverageDamaged")]
    public static partial void CoverageDamaged(this ILogger logger, string fault);

    [LoggerMessage(7629, LogLevel.Information, "{Frames} messages of {Records} records are known again at start", EventName = "FramesRemembered")]
    public static partial void FramesRemembered(this ILogger logger, int frames, int records);

    [LoggerMessage(7630, LogLevel.Warning, "{Fault} Samples wanted before now are not asked for", EventName = "SampleBookDamaged")]
    public static partial void SampleBookDamaged(this ILogger logger, string fault);

    [LoggerMessage(7632, LogLevel.Warning, "{Mn}: {Detail}", EventName = "MessageIncomplete")]
    public static partial void Incomplete(this ILogger logger, string mn, string detail);

    [LoggerMessage(7631, LogLevel.Warning, "Samples wait: {Reason}", EventName = "SamplesWait")]
    public static partial void SamplesWait(this ILogger logger, string reason);
}
