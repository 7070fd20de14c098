namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>
/// The one owner of all session state: decides every command in the order it came, and answers when what it decided is on disk as far
/// as it has to survive. Callable from any thread. Commands of one connection keep the order in which they were called.
/// </summary>
/// <remarks>
/// When the session log fails, the broker has stopped for good: every call, also one that waits, fails with
/// <see cref="BrokerStoppedException"/>, and <see cref="Completion"/> is faulted.
/// </remarks>
public interface IBroker
{
    /// <summary>Ends when the broker has; faulted with the cause if it had to stop.</summary>
    Task Completion { get; }

    /// <summary>
    /// The highest bookmark of <see cref="RememberReceivedAsync"/> and <see cref="BookmarkAsync"/> that is in the session log; 0: none.
    /// To be read at start, before anything is remembered.
    /// </summary>
    ulong ReceivedBookmark { get; }

    /// <summary>
    /// Opens or resumes the client's session. If it has a connection, that one is told <see cref="ISessionLink.TakenOver"/> first and
    /// its <see cref="ISessionLink.Drained"/> is awaited here; until then its handle stays valid for what it had read. Deliveries begin
    /// with the first <see cref="ReadyAsync"/>.
    /// </summary>
    ValueTask<SessionOpened> OpenAsync(SessionRequest request, ISessionLink link, CancellationToken cancellation);

    /// <summary>The link can take deliveries (again). Returns when the command is accepted.</summary>
    ValueTask ReadyAsync(SessionHandle session, CancellationToken cancellation);

    /// <summary>
    /// One code for each filter, in order. Durable before it answers if the session is. Retained messages follow as deliveries.
    /// QuotaExceeded: too many subscriptions, or the session's queue is full.
    /// </summary>
    ValueTask<IReadOnlyList<ReasonCode>> SubscribeAsync(
        SessionHandle session, IReadOnlyList<SubscriptionRequest> filters, CancellationToken cancellation);

    ValueTask<IReadOnlyList<ReasonCode>> UnsubscribeAsync(
        SessionHandle session, IReadOnlyList<string> filters, CancellationToken cancellation);

    /// <summary>
    /// Answers when every matching persistent session holds the message on disk (QoS 1 and 2) and, for QoS 2 of a persistent session,
    /// the packet id as well. A packet id received and not released is a repetition: Success, and nothing happens.
    /// </summary>
    /// <param name="from">Null: published by the server itself.</param>
    /// <param name="packetId">0 unless QoS 2 from a session.</param>
    ValueTask<PublishOutcome> PublishAsync(
        SessionHandle? from, ApplicationMessage message, ushort packetId, CancellationToken cancellation);

    /// <summary>
    /// A QoS 2 packet id whose message somebody else keeps. Forces no flush: answers when a later flush has made it durable. Until then
    /// a restart loses it, and <see cref="RestoreReceivedAsync"/> brings it back.
    /// </summary>
    /// <param name="keptAt">Where the other keeps it; grows from call to call of one session.</param>
    /// <param name="bookmark">The other's place below which every message of every session has been remembered.</param>
    ValueTask RememberReceivedAsync(
        SessionHandle session, ushort packetId, ulong keptAt, ulong bookmark, CancellationToken cancellation);

    /// <summary>The bookmark alone. Forces no flush.</summary>
    ValueTask BookmarkAsync(ulong bookmark);

    /// <summary>
    /// At start, before the first <see cref="OpenAsync"/>, in the order of <paramref name="keptAt"/>. What the session log knows already,
    /// released or not, is not touched.
    /// </summary>
    /// <returns>False if there is no such session.</returns>
    ValueTask<bool> RestoreReceivedAsync(string clientId, ulong sessionNumber, ushort packetId, ulong keptAt);

    /// <summary>PUBREL from the client; flushed before it answers if the session is persistent. PacketIdentifierNotFound if unknown.</summary>
    ValueTask<ReasonCode> ReleaseAsync(SessionHandle session, ushort packetId, CancellationToken cancellation);

    /// <summary>The receiver's answer to a delivery. Returns when the command is accepted.</summary>
    ValueTask AnsweredAsync(
        SessionHandle session, ushort packetId, AnswerKind kind, ReasonCode reason, CancellationToken cancellation);

    /// <summary>The connection has ended. The will is decided here.</summary>
    /// <param name="newExpirySeconds">Session Expiry Interval of DISCONNECT (5.0); null: as it was.</param>
    ValueTask CloseAsync(SessionHandle session, CloseReason why, uint? newExpirySeconds);

    /// <summary>The heartbeat: ends what has expired, sends wills that are due, flushes what has waited.</summary>
    ValueTask TickAsync(DateTimeOffset now);
}
