namespace EdgeEnforcement.Mqtt.Client;

/// <summary>Who a client works for.</summary>
public interface IMqttListener
{
    /// <summary>The server has answered and every subscription is granted.</summary>
    void Connected(bool sessionPresent);

    /// <param name="cause">Why, as far as it is known.</param>
    /// <param name="wait">Until the next try.</param>
    void Disconnected(DisconnectCause cause, TimeSpan wait);

    /// <summary>
    /// One message at a time, in the order they came. The server has its acknowledgement when this has returned: until then the message is the
    /// server's. What it throws ends the connection without an acknowledgement. QoS 1 may come twice, and on a clean session what was not
    /// acknowledged when the connection ended does not come at all.
    /// </summary>
    ValueTask TakeAsync(ApplicationMessage message, CancellationToken cancellation);
}
