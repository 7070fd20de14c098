using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>What CONNECT and CONNACK agreed on; does not change while the connection lasts.</summary>
internal sealed record ConnectionTerms(MqttVersion Version, MqttPeer Peer, SessionHandle Session, IReadOnlyList<ushort> Received)
{
    /// <summary>The client's Maximum Packet Size.</summary>
    public int OutgoingLimitBytes { get; init; } = PacketLimits.LargestPacketBytes;

    /// <summary>Request Problem Information: reason strings and user properties may stand in every packet [MQTT5-3.1.2-29].</summary>
    public bool TellsProblems { get; init; } = true;

    public int OutgoingAliasMaximum { get; init; }

    /// <summary>Session Expiry Interval of CONNECT: 0 may not be changed by DISCONNECT [MQTT5-3.14.2.2.2].</summary>
    public uint AskedExpirySeconds { get; init; }

    /// <summary>The one in force; 0: none.</summary>
    public int KeepAliveSeconds { get; init; }

    public bool IsV5 => Version == MqttVersion.V5;
}
