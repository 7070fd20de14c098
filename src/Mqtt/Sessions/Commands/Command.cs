using EdgeEnforcement.Mqtt.Sessions.Deciding;

namespace EdgeEnforcement.Mqtt.Sessions.Commands;

/// <summary>Something asked of the broker. Decided on its thread, in order; completed when what was decided is durable.</summary>
internal abstract class Command
{
    /// For the cap of a group.
    public virtual int SizeBytes => 64;

    /// False after <see cref="Decide"/>: it waits for room and is decided later.
    public bool IsDecided { get; protected set; }

    /// It forces no flush and is completed by one that happens anyway.
    public bool AwaitsFlush { get; protected set; }

    public abstract void Decide(BrokerCore core);

    public abstract void Complete();

    public abstract void Fail(Exception cause);
}
