using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Ids 1100 to 1149. What a client did wrong is Debug and a counter.</summary>
internal static partial class MqttServerLog
{
    [LoggerMessage(EventId = 1100, EventName = "MqttClientConnected", Level = LogLevel.Debug,
        Message = "{Client} connected from {Remote}, MQTT {Version}, session present {IsPresent}")]
    public static partial void ClientConnected(this ILogger log, string client, object? remote, MqttVersion version, bool isPresent);

    [LoggerMessage(EventId = 1101, EventName = "MqttConnectRefused", Level = LogLevel.Debug, Message = "CONNECT of {Client} from {Remote} refused: {Reason}")]
    public static partial void ConnectRefused(this ILogger log, string client, object? remote, ReasonCode reason);

    [LoggerMessage(EventId = 1102, EventName = "MqttConnectionClosed", Level = LogLevel.Debug, Message = "Connection of {Client} ended: {Why} {Detail}")]
    public static partial void ConnectionClosed(this ILogger log, string client, string why, string? detail);

    [LoggerMessage(EventId = 1103, EventName = "MqttConnectionFailed", Level = LogLevel.Error, Message = "Connection of {Client} failed; nothing undecided was acknowledged")]
    public static partial void ConnectionFailed(this ILogger log, Exception cause, string client);

    [LoggerMessage(EventId = 1104, EventName = "MqttConnectionWithoutStore", Level = LogLevel.Warning, Message = "Connection of {Client} ended: what it writes to has stopped")]
    public static partial void StoreStopped(this ILogger log, string client);

    [LoggerMessage(EventId = 1105, EventName = "MqttClientNeverReads", Level = LogLevel.Warning, Message = "{Client} took nothing for {Seconds} s and was closed")]
    public static partial void NeverReads(this ILogger log, string client, int seconds);

    [LoggerMessage(EventId = 1106, EventName = "MqttShutdownLeft", Level = LogLevel.Warning, Message = "{Count} connections were cut at shutdown: they did not end in time")]
    public static partial void CutAtShutdown(this ILogger log, int count);

    [LoggerMessage(EventId = 1107, EventName = "MqttHeartbeatFailed", Level = LogLevel.Error, Message = "The heartbeat failed; it goes on")]
    public static partial void HeartbeatFailed(this ILogger log, Exception cause);
}
