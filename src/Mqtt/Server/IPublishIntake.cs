using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// Takes the publishes of some topics away from routing and keeps them elsewhere. What it kept is acknowledged when it says so, in the order
/// of the publishes; QoS 2 packet ids of what it kept are remembered by the broker, and brought back from its own store after a crash.
/// </summary>
public interface IPublishIntake
{
    bool Takes(ReadOnlySpan<byte> topic);

    /// <summary>At a connection's first publish to a topic that is taken.</summary>
    IIntakeSession Open(MqttPeer peer, SessionHandle session, MqttVersion version);

    /// <summary>Below it, every QoS 2 message kept is remembered durably: where to begin looking after a crash.</summary>
    ulong Bookmark { get; }
}
