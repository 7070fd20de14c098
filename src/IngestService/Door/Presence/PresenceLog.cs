namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>Ids 1180 to 1199.</summary>
internal static partial class PresenceLog
{
    [LoggerMessage(EventId = 1180, EventName = "PresenceRemembered", Level = LogLevel.Information,
        Message = "Presence goes on with {Devices} devices known to the ledger and {Episodes} open episodes")]
    public static partial void Remembered(this ILogger log, int devices, int episodes);

    [LoggerMessage(EventId = 1181, EventName = "PresenceRefused", Level = LogLevel.Warning,
        Message = "The ledger takes no presence now ({Detail}); it is tried again at each tick, and what changes meanwhile is written as it then stands")]
    public static partial void Refused(this ILogger log, string detail);

    [LoggerMessage(EventId = 1182, EventName = "PresenceFailed", Level = LogLevel.Error, Message = "A tick of presence failed; the next one goes on")]
    public static partial void Failed(this ILogger log, Exception cause);
}
