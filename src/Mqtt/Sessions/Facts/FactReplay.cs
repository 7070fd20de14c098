using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// <summary>
/// Applies facts to the state, those of a snapshot first, then those of the log behind it, in order. A fact that does not fit (a session
/// or message that is not there) means that something durable is missing: the broker does not start.
/// </summary>
internal sealed class FactReplay(BrokerState state)
{
    // Deliveries by their number, for the facts that name them; let go with this object after recovery.
    private readonly Dictionary<ulong, Outgoing> _entries = [];

    // Messages of the present scope: a whole snapshot, or one batch of the log.
    private readonly Dictionary<ulong, StoredMessage> _messages = [];

    private readonly HashSet<Session> _online = [];

    /// Sessions that had a connection at the end of the log.
    public IReadOnlyCollection<Session> Online => _online;

    public void EndScope() => _messages.Clear();

    public void Apply(FactKind kind, ReadOnlySpan<byte> body)
    {
        var fact = new FactParser(body);
        switch (kind)
        {
            case FactKind.Reserved: state.ReservedEnd = Math.Max(state.ReservedEnd, fact.U64()); break;
            case FactKind.Bookmarked: state.Bookmark = Math.Max(state.Bookmark, fact.U64()); break;
            case FactKind.SessionOpened: SessionOpened(ref fact); break;
            case FactKind.SessionClosed: SessionClosed(ref fact); break;
            case FactKind.SessionEnded: SessionEnded(ref fact); break;
            case FactKind.Subscribed: Subscribed(ref fact); break;
            case FactKind.Unsubscribed: state.Unsubscribe(Session(ref fact), fact.Text()); break;
            case FactKind.Message: Message(ref fact); break;
            case FactKind.Queued: Queue(Session(ref fact), Find(_messages, fact.U64(), "message"), ref fact); break;
            case FactKind.Assigned: Assigned(ref fact); break;
            case FactKind.Recorded: Recorded(ref fact); break;
            case FactKind.Finished: Finished(ref fact); break;
            case FactKind.Dropped: Remove(Session(ref fact), Find(_entries, fact.U64(), "delivery")); break;
            case FactKind.Moved: Moved(ref fact); break;
            case FactKind.Received: Received(ref fact); break;
            case FactKind.Unreceived: Session(ref fact).Received.Remove(fact.U16()); break;
            case FactKind.Retained: state.Retain(Find(_messages, fact.U64(), "message")); break;
            case FactKind.RetainedRemoved: state.RemoveRetained(fact.Text()); break;
            case FactKind.WillDone: WillDone(ref fact); break;
            default: throw new InvalidDataException($"A fact of kind {(byte)kind} is not known to this version.");
        }
        fact.End();
    }

    private void SessionOpened(ref FactParser fact)
    {
        var number = fact.U64();
        var clientId = fact.Text();
        var session = state.Find(number);
        if (session is null)
            state.Add(session = new Session(clientId, number));
        session.IsLogged = true;
        session.ExpirySeconds = fact.U32();
        session.ReceivedKeptAt = fact.U64();
        session.Will = fact.U8() == 0 ? null : Will(ref fact);
        state.SetExpiry(session, StoredMessage.Never);
        state.SetWillDue(session, StoredMessage.Never);
        _online.Add(session);
    }

    private static WillMessage Will(ref FactParser fact)
    {
        var delaySeconds = fact.U32();
        return new WillMessage(MessageForm.Parse(ref fact), delaySeconds);
    }

    private void SessionClosed(ref FactParser fact)
    {
        var session = Session(ref fact);
        session.ExpirySeconds = fact.U32();
        state.SetExpiry(session, fact.Instant());
        state.SetWillDue(session, fact.Instant());
        if (session.WillDueAt == StoredMessage.Never)
            session.Will = null;
        _online.Remove(session);
    }

    private void SessionEnded(ref FactParser fact)
    {
        var session = Session(ref fact);
        foreach (var entry in session.Queue.Entries())
            _entries.Remove(entry.Number);
        state.Remove(session);
        _online.Remove(session);
    }

    private void Subscribed(ref FactParser fact)
    {
        var session = Session(ref fact);
        var filter = fact.Text();
        var flags = fact.U8();
        var options = new SubscriptionOptions(
            (QoS)(flags & 0x03), NoLocal: (flags & 0x04) != 0, RetainAsPublished: (flags & 0x08) != 0, (RetainHandling)(flags >> 4));
        state.Subscribe(session, filter, new SubscriptionGrant(options, fact.U32()));
    }

    private void Message(ref FactParser fact)
    {
        var number = fact.U64();
        var expiresAt = fact.Instant();
        _messages[number] = new StoredMessage(number, MessageForm.Parse(ref fact), expiresAt);
        state.LastMessage = Math.Max(state.LastMessage, number);
    }

    private void Queue(Session session, StoredMessage message, ref FactParser fact)
    {
        var number = fact.U64();
        var flags = fact.U8();
        var identifiers = new uint[fact.Count(bytesEach: 4)];
        for (var i = 0; i < identifiers.Length; i++)
            identifiers[i] = fact.U32();
        var form = new OutgoingForm((QoS)(flags & 0x03), (flags & 0x04) != 0, identifiers, (flags & 0x08) == 0 ? null : fact.Text());
        var entry = new Outgoing(number, message, form);
        _entries.Add(number, entry);
        session.Queue.Add(entry);
        state.LastDelivery = Math.Max(state.LastDelivery, number);
    }

    private void Assigned(ref FactParser fact)
    {
        var session = Session(ref fact);
        session.Queue.Assign(Find(_entries, fact.U64(), "delivery"), fact.U16());
    }

    private void Recorded(ref FactParser fact)
    {
        var session = Session(ref fact);
        session.Queue.Release(InFlight(session, fact.U16()));
    }

    private void Finished(ref FactParser fact)
    {
        var session = Session(ref fact);
        Remove(session, InFlight(session, fact.U16()));
    }

    private void Moved(ref FactParser fact)
    {
        var from = Session(ref fact);
        var old = Find(_entries, fact.U64(), "delivery");
        Remove(from, old);
        Queue(Session(ref fact), old.Message, ref fact);
    }

    private void Received(ref FactParser fact)
    {
        var session = Session(ref fact);
        session.Received.Add(fact.U16());
        session.ReceivedKeptAt = fact.U64();
    }

    private void WillDone(ref FactParser fact)
    {
        var session = Session(ref fact);
        session.Will = null;
        state.SetWillDue(session, StoredMessage.Never);
    }

    private void Remove(Session session, Outgoing entry)
    {
        session.Queue.Remove(entry);
        _entries.Remove(entry.Number);
    }

    private Session Session(ref FactParser fact)
    {
        var number = fact.U64();
        return state.Find(number) ?? throw Missing("session", number);
    }

    private static Outgoing InFlight(Session session, ushort packetId) =>
        session.Queue.Find(packetId) ?? throw Missing("packet id", packetId);

    private static T Find<T>(Dictionary<ulong, T> known, ulong number, string what) =>
        known.TryGetValue(number, out var found) ? found : throw Missing(what, number);

    private static InvalidDataException Missing(string what, ulong number) => new($"A fact is about {what} {number}, which is not there.");
}
