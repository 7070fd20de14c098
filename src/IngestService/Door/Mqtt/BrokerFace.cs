using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>What the parts of the door get injected: the broker, once it is open.</summary>
internal sealed class BrokerFace : IBroker
{
    private Broker? _broker;

    public bool IsOpen => _broker is not null;

    public Task Completion => Open.Completion;

    public ulong ReceivedBookmark => Open.ReceivedBookmark;

    private Broker Open => _broker ?? throw new InvalidOperationException("The session log is not open yet.");

    public void Set(Broker broker) => _broker = broker;

    public ValueTask<SessionOpened> OpenAsync(SessionRequest request, ISessionLink link, CancellationToken cancellation) =>
        Open.OpenAsync(request, link, cancellation);

    public ValueTask ReadyAsync(SessionHandle session, CancellationToken cancellation) => Open.ReadyAsync(session, cancellation);

    public ValueTask<IReadOnlyList<ReasonCode>> SubscribeAsync(
        SessionHandle session, IReadOnlyList<SubscriptionRequest> filters, CancellationToken cancellation) =>
        Open.SubscribeAsync(session, filters, cancellation);

    public ValueTask<IReadOnlyList<ReasonCode>> UnsubscribeAsync(SessionHandle session, IReadOnlyList<string> filters, CancellationToken cancellation) =>
        Open.UnsubscribeAsync(session, filters, cancellation);

    public ValueTask<PublishOutcome> PublishAsync(SessionHandle? from, ApplicationMessage message, ushort packetId, CancellationToken cancellation) =>
        Open.PublishAsync(from, message, packetId, cancellation);

    public ValueTask RememberReceivedAsync(SessionHandle session, ushort packetId, ulong keptAt, ulong bookmark, CancellationToken cancellation) =>
        Open.RememberReceivedAsync(session, packetId, keptAt, bookmark, cancellation);

    public ValueTask BookmarkAsync(ulong bookmark) => Open.BookmarkAsync(bookmark);

    public ValueTask<bool> RestoreReceivedAsync(string clientId, ulong sessionNumber, ushort packetId, ulong keptAt) =>
        Open.RestoreReceivedAsync(clientId, sessionNumber, packetId, keptAt);

    public ValueTask<ReasonCode> ReleaseAsync(SessionHandle session, ushort packetId, CancellationToken cancellation) =>
        Open.ReleaseAsync(session, packetId, cancellation);

    public ValueTask AnsweredAsync(SessionHandle session, ushort packetId, AnswerKind kind, ReasonCode reason, CancellationToken cancellation) =>
        Open.AnsweredAsync(session, packetId, kind, reason, cancellation);

    public ValueTask CloseAsync(SessionHandle session, CloseReason why, uint? newExpirySeconds) => Open.CloseAsync(session, why, newExpirySeconds);

    public ValueTask TickAsync(DateTimeOffset now) => Open.TickAsync(now);
}
