namespace EdgeEnforcement.Mqtt.Server;

/// <summary>One connection's way into the intake.</summary>
public interface IIntakeSession
{
    /// <summary>
    /// Called by the connection's reading loop, in the order of the publishes. Copies what it keeps before it returns; the value task waits for
    /// room. The ticket is completed or failed exactly once, on any thread.
    /// </summary>
    ValueTask TakeAsync(in IntakePublish publish, IntakeTicket ticket, CancellationToken cancellation);

    /// <summary>QoS 2: the packet id of what was kept here is durable in the session log, or its session is gone.</summary>
    void Remembered(ulong keptAt);

    /// <summary>The connection has ended and every ticket was answered.</summary>
    ValueTask CloseAsync();
}
