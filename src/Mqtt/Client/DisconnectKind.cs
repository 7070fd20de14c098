namespace EdgeEnforcement.Mqtt.Client;

public enum DisconnectKind
{
    /// <summary>No connection came about: address, network or TLS.</summary>
    Unreachable,

    /// <summary>The server said no to CONNECT.</summary>
    Refused,

    /// <summary>It granted a subscription not at all or at a lower QoS.</summary>
    SubscriptionRefused,

    /// <summary>It sent DISCONNECT (5.0).</summary>
    ServerDisconnected,

    /// <summary>The connection broke or was closed without a word.</summary>
    ConnectionLost,

    /// <summary>Nothing came within the keep-alive.</summary>
    KeepAliveTimeout,

    /// <summary>The server broke the protocol, or a limit it had been told.</summary>
    ProtocolViolation,

    /// <summary>The listener did not take a message.</summary>
    ListenerFailed,
}
