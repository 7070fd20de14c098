using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>What holds on one connection: our wishes as the server's CONNACK left them.</summary>
internal sealed record ConnectionTerms(
    MqttVersion Version, int Quota, int PacketLimitBytes, QoS MaximumQoS, bool RetainAvailable, int Aliases, TimeSpan KeepAlive, bool SessionPresent)
{
    public static ConnectionTerms From(MqttClientOptions options, ConnackPacket connack) => new(
        options.Version,
        Math.Min(options.Window, connack.ReceiveMaximum),
        connack.PacketLimitBytes,
        connack.MaximumQoS,
        connack.RetainAvailable,
        Math.Min(options.TopicAliases, connack.TopicAliasMaximum),
        TimeSpan.FromSeconds(connack.ServerKeepAliveSeconds ?? options.KeepAliveSeconds),
        connack.SessionPresent);
}
