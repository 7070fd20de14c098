using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Sessions.State;

/// <summary>
/// All sessions, subscriptions, retained messages and deadlines. Owned by the broker's thread. Its verbs are what decisions do to it and
/// what recovery does again; they decide nothing and write nothing.
/// </summary>
internal sealed class BrokerState
{
    private readonly Dictionary<string, Session> _byClient = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, Session> _byNumber = [];
    private readonly SortedSet<Deadline> _deadlines = [];

    public SubscriptionTree<Session> Subscriptions { get; } = new();

    public RetainedTree<StoredMessage> Retained { get; } = new();

    public long RetainedBytes { get; private set; }

    public IReadOnlyCollection<Session> Sessions => _byClient.Values;

    /// Versions of connections and numbers of sessions below this are reserved in the log; none at or above was ever given.
    public ulong ReservedEnd { get; set; } = 1;

    public ulong LastVersion { get; set; }

    public ulong LastMessage { get; set; }

    public ulong LastDelivery { get; set; }

    public ulong Bookmark { get; set; }

    public Session? Find(string clientId) => _byClient.GetValueOrDefault(clientId);

    public Session? Find(ulong number) => _byNumber.GetValueOrDefault(number);

    public void Add(Session session)
    {
        _byClient.Add(session.ClientId, session);
        _byNumber.Add(session.Number, session);
    }

    public void Remove(Session session)
    {
        session.IsEnded = true;
        foreach (var filter in session.Subscriptions.Keys)
            Subscriptions.Remove(filter, session);
        session.Subscriptions.Clear();
        SetExpiry(session, StoredMessage.Never);
        SetWillDue(session, StoredMessage.Never);
        _byClient.Remove(session.ClientId);
        _byNumber.Remove(session.Number);
    }

    /// Answers whether the filter is new to the session.
    public bool Subscribe(Session session, string filter, SubscriptionGrant grant)
    {
        session.Subscriptions[filter] = grant;
        return Subscriptions.Set(filter, session, grant);
    }

    public bool Unsubscribe(Session session, string filter) =>
        session.Subscriptions.Remove(filter) && Subscriptions.Remove(filter, session);

    public void Retain(StoredMessage message)
    {
        Forget(Retained.Set(message.Content.Topic, message));
        RetainedBytes += message.SizeBytes;
        if (message.ExpiresAt != StoredMessage.Never)
            _deadlines.Add(DeadlineOf(message));
    }

    public void RemoveRetained(string topic) => Forget(Retained.Remove(topic));

    private void Forget(StoredMessage? message)
    {
        if (message is null)
            return;
        RetainedBytes -= message.SizeBytes;
        _deadlines.Remove(DeadlineOf(message));
    }

    public void SetExpiry(Session session, long at)
    {
        Move(DeadlineKind.Session, session, session.ExpiresAt, at);
        session.ExpiresAt = at;
    }

    public void SetWillDue(Session session, long at)
    {
        Move(DeadlineKind.Will, session, session.WillDueAt, at);
        session.WillDueAt = at;
    }

    private void Move(DeadlineKind kind, Session session, long from, long to)
    {
        if (from != StoredMessage.Never)
            _deadlines.Remove(new Deadline(from, kind, session.Number, session));
        if (to != StoredMessage.Never)
            _deadlines.Add(new Deadline(to, kind, session.Number, session));
    }

    private static Deadline DeadlineOf(StoredMessage message) => new(message.ExpiresAt, DeadlineKind.Retained, message.Number, message);

    public Deadline? FirstDue(long now) => _deadlines.Count > 0 && _deadlines.Min is var first && first.DueAt <= now ? first : null;
}
