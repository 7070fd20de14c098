namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

internal static partial class FramingLog
{
    [LoggerMessage(7600, LogLevel.Information, "Listening for devices on {Endpoint}", EventName = "Listening")]
    public static partial void Listening(this ILogger logger, string endpoint);

    [LoggerMessage(7601, LogLevel.Error, "Cannot listen on {Endpoint} ({Reason}); next try in {Seconds:F1} s", EventName = "CannotListen")]
    public static partial void CannotListen(this ILogger logger, string endpoint, string reason, double seconds);

    [LoggerMessage(7602, LogLevel.Warning, "A device was not accepted on {Endpoint} ({Reason})", EventName = "NotAccepted")]
    public static partial void NotAccepted(this ILogger logger, string endpoint, string reason);

    [LoggerMessage(7603, LogLevel.Warning, "{Device} is not reached ({Reason}); it is tried again", EventName = "NotReached")]
    public static partial void NotReached(this ILogger logger, string device, string reason);
}
