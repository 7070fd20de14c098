namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>Ids 1150 to 1199; the server's own begin at 1100.</summary>
internal static partial class MqttDoorLog
{
    [LoggerMessage(EventId = 1150, EventName = "MqttLaneFailed", Level = LogLevel.Error,
        Message = "Envelopes of {Client} are taken no more over this connection; what was not answered is not acknowledged")]
    public static partial void LaneFailed(this ILogger log, Exception cause, string client);

    [LoggerMessage(EventId = 1151, EventName = "MqttReceivedRestored", Level = LogLevel.Information,
        Message = "{Count} QoS 2 messages of {Looked} entries from {From} on were not in the session log and are known again")]
    public static partial void ReceivedRestored(this ILogger log, int count, ulong looked, ulong from);

    [LoggerMessage(EventId = 1152, EventName = "MqttDoorOpened", Level = LogLevel.Information,
        Message = "MQTT door opened: access by {Rules}, {RuleCount} rules")]
    public static partial void DoorOpened(this ILogger log, string rules, int ruleCount);

    [LoggerMessage(EventId = 1153, EventName = "MqttBrokerStopped", Level = LogLevel.Critical, Message = "The session log stopped; so does the service")]
    public static partial void BrokerFatal(this ILogger log, Exception cause);

    [LoggerMessage(EventId = 1154, EventName = "MqttAlertFeedFailed", Level = LogLevel.Warning, Message = "The alert feed failed at entry {Position}; it tries again")]
    public static partial void FeedFailed(this ILogger log, Exception cause, ulong position);
}
