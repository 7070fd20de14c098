namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>
/// The connection as the broker sees it. All calls come on the broker's thread, one at a time: they must not block and must not throw.
/// </summary>
/// <remarks>
/// A link is busy until it can take deliveries (CONNACK is written) and whenever its outgoing buffer is full. While it is busy, QoS 1
/// and 2 wait in the session and QoS 0 is dropped and counted. Each time it stops being busy it calls <see cref="IBroker.ReadyAsync"/>.
/// </remarks>
public interface ISessionLink
{
    /// <summary>Asked before every delivery.</summary>
    bool IsBusy { get; }

    /// <summary>How long no whole packet has come; asked when the connection has ended.</summary>
    TimeSpan SilentFor { get; }

    /// <summary>Completes when everything this connection had read was decided and answered. Must complete soon after <see cref="TakenOver"/>.</summary>
    Task Drained { get; }

    /// <summary>Never more than the Receive Maximum of unanswered QoS 1 and 2.</summary>
    void Deliver(in Delivery delivery);

    /// <summary>Send PUBREL; a failure (0x92) where the packet id of a PUBREC is unknown.</summary>
    void Release(ushort packetId, ReasonCode reason);

    /// <summary>Another connection of the client has come: send DISCONNECT 0x8E (5.0), read no more, close when drained [MQTT5-3.1.4-3] [MQTT3-3.1.4-2].</summary>
    void TakenOver();
}
