using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>For a server that only routes.</summary>
public sealed class NoIntake : IPublishIntake
{
    public ulong Bookmark => 0;

    public bool Takes(ReadOnlySpan<byte> topic) => false;

    public IIntakeSession Open(MqttPeer peer, SessionHandle session, MqttVersion version) => throw new InvalidOperationException("nothing is taken here");
}
