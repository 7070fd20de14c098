using EdgeEnforcement.Mqtt.Sessions.Commands;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Sessions.State;

/// <summary>
/// One client's session. Owned by the broker's thread.
///
///   connected   Link is set; IsLeaving once a take-over has begun
///   undecided   Link is null and ClosedAs is set: the connection ended, and whoever takes over (Openers) decides what that means;
///               or the server is shutting down, and the next start decides
///   offline     Link and ClosedAs are null; ExpiresAt and WillDueAt stand in the deadlines
///   ended       IsEnded: only stale handles still know it
/// </summary>
internal sealed class Session(string clientId, ulong number)
{
    public string ClientId { get; } = clientId;

    public ulong Number { get; } = number;

    // The connection.
    public SessionHandle? Handle { get; set; }

    public ISessionLink? Link { get; set; }

    public MqttVersion Protocol { get; set; } = MqttVersion.V5;

    public int Window { get; set; } = 1;

    public int KeepAliveSeconds { get; set; }

    public string? Gateway { get; set; }

    /// When the last connection was heard last, once it has ended.
    public long HeardAt { get; set; }

    /// Ready was called: PUBRELs are repeated, deliveries run.
    public bool IsStarted { get; set; }

    public bool IsLeaving { get; set; }

    public int Openers { get; set; }

    public CloseReason? ClosedAs { get; set; }

    /// Publishes of a 3.1.1 client that wait for room, in order; all that follow the first wait behind it.
    public Queue<PublishCommand>? Parked { get; set; }

    // Life.
    public uint ExpirySeconds { get; set; }

    public long ExpiresAt { get; set; } = StoredMessage.Never;

    public WillMessage? Will { get; set; }

    public long WillDueAt { get; set; } = StoredMessage.Never;

    public bool IsEnded { get; set; }

    /// The log knows this session: it can survive, or has a will that must.
    public bool IsLogged { get; set; }

    // Content.
    public Dictionary<string, SubscriptionGrant> Subscriptions { get; } = new(StringComparer.Ordinal);

    public OutgoingQueue Queue { get; } = new();

    public HashSet<ushort> Received { get; } = [];

    public ulong ReceivedKeptAt { get; set; }

    // Marks of the group under decision.
    public ulong MatchMark { get; set; }

    public int MatchSlot { get; set; }

    public bool IsToBePumped { get; set; }

    public bool IsOnline => Link is not null && !IsLeaving;

    public bool IsConnectedOrUndecided => Link is not null || ClosedAs is not null;

    /// What it holds has to survive.
    public bool IsDurable => ExpirySeconds > 0;

    public bool IsCurrent(SessionHandle handle) => !IsEnded && ReferenceEquals(Handle, handle);
}
