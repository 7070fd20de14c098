using EdgeEnforcement.Mqtt.Sessions.Commands;
using EdgeEnforcement.Mqtt.Sessions.Facts;
using EdgeEnforcement.Mqtt.Sessions.State;

namespace EdgeEnforcement.Mqtt.Sessions.Deciding;

/// <summary>
/// What the decisions share. A decision changes the state and writes the facts of what must survive in one go; nobody is told before
/// both are done for the whole group and the log is flushed. All of it runs on the broker's thread.
/// </summary>
internal sealed class BrokerCore
{
    // One flush for so many connections; a start begins behind what the last run had reserved.
    private const ulong ReservedAtOnce = 65_536;

    public BrokerCore(BrokerState state, SessionLog log, BrokerOptions options, IPresenceObserver presence, BrokerMetrics metrics)
    {
        (State, Log, Options, Metrics) = (state, log, options, metrics);
        Outbox = new Outbox(presence);
        Pump = new DeliveryPump(this);
        Sharing = new SharedHandover(this);
        Routing = new Routing(this);
        Parking = new Parking(this);
        Publishing = new Publishing(this);
        Lifecycle = new Lifecycle(this);
        Subscribing = new Subscribing(this);
        Inbound = new Inbound(this);
        Answers = new Answers(this);
        state.LastVersion = state.ReservedEnd - 1;
    }

    public BrokerState State { get; }

    public SessionLog Log { get; }

    public FactWriter Facts => Log.Facts;

    public BrokerOptions Options { get; }

    public BrokerMetrics Metrics { get; }

    public Outbox Outbox { get; }

    public DeliveryPump Pump { get; }

    public SharedHandover Sharing { get; }

    public Routing Routing { get; }

    public Parking Parking { get; }

    public Publishing Publishing { get; }

    public Lifecycle Lifecycle { get; }

    public Subscribing Subscribing { get; }

    public Inbound Inbound { get; }

    public Answers Answers { get; }

    /// Unix milliseconds, the same for a whole group.
    public long Now { get; set; }

    public int PublishedCount { get; set; }

    /// Parked commands that were decided in this group.
    public List<Command> DecidedLate { get; } = [];

    public ulong NextVersion()
    {
        if (State.LastVersion + 1 >= State.ReservedEnd)
        {
            State.ReservedEnd = State.LastVersion + 1 + ReservedAtOnce;
            Facts.Reserved(State.ReservedEnd);
            Log.MustFlush = true;
        }
        return ++State.LastVersion;
    }

    public StoredMessage Store(ApplicationMessage content) =>
        new(++State.LastMessage, content, StoredMessage.ExpiryOf(content, Now));

    public Outgoing Enqueue(Session session, StoredMessage message, OutgoingForm form)
    {
        var entry = new Outgoing(++State.LastDelivery, message, form);
        session.Queue.Add(entry);
        if (session.IsDurable && form.QoS > QoS.AtMostOnce)
        {
            Log.WriteOnce(message);
            Facts.Queued(session, entry);
            Log.MustFlush = true;
        }
        Pump.Mark(session);
        return entry;
    }

    /// Out of the queue before it had its answer.
    public void Drop(Session session, Outgoing entry, DropCause cause)
    {
        if (session.IsDurable && entry.QoS > QoS.AtMostOnce)
            Facts.Dropped(session, entry);
        Take(session, entry);
        Metrics.Dropped(cause);
    }

    public void Take(Session session, Outgoing entry)
    {
        session.Queue.Remove(entry);
        Parking.RoomWasMade = true;
        Pump.Mark(session);
    }

    /// What has expired gives its room back before anybody is refused for it.
    public bool HasRoom(Session session, int sizeBytes)
    {
        if (session.Queue.HasRoom(sizeBytes, Options))
            return true;
        if (session.Queue.EarliestExpiry > Now)
            return false;
        foreach (var entry in session.Queue.Entries())
            if (entry.State == OutgoingState.Waiting && entry.Message.IsExpiredAt(Now))
                Drop(session, entry, DropCause.Expired);
        session.Queue.FindEarliestExpiry();
        return session.Queue.HasRoom(sizeBytes, Options);
    }

    /// Null if the handle is stale.
    public static Session? Current(SessionHandle handle) => handle.Session.IsCurrent(handle) ? handle.Session : null;
}
