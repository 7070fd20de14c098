namespace EdgeEnforcement.Mqtt.Client;

public enum PublishResultKind
{
    /// <summary>QoS 0: handed to the network. QoS 1 and 2: the server said yes.</summary>
    Acknowledged,

    /// <summary>The server said no, or had said before that it takes no such message.</summary>
    Refused,

    /// <summary>QoS 2: it was sent, and the server does not know the session any more. It may have arrived or not, and is not sent again.</summary>
    SessionLost,

    /// <summary>The client was closed first: it may have arrived or not.</summary>
    Closed,
}
