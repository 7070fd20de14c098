namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>Why a connection ended. Only <see cref="Disconnected"/> takes the will back [MQTT5-3.1.2-10] [MQTT3-3.14.4-3].</summary>
public enum CloseReason
{
    /// <summary>DISCONNECT with reason 0x00.</summary>
    Disconnected,

    /// <summary>DISCONNECT with reason 0x04 or a failure.</summary>
    DisconnectedWithWill,

    ConnectionLost,
    KeepAliveTimeout,
    ProtocolError,
    TakenOver,
    Administrative,

    /// <summary>The will waits for the next start and its delay counts from there: a client that comes back in time keeps it from being sent.</summary>
    ServerShutdown,
}
