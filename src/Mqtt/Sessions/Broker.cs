using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Mqtt.Sessions;

public sealed class Broker : IBroker, IAsyncDisposable
{
    private Broker()
    {
    }

    public Task Completion => throw new NotSupportedException();

    public ulong ReceivedBookmark => throw new NotSupportedException();

    /// <summary>Reads what is in the directory and begins to take commands.</summary>
    public static Broker Open(
        IFileSystem files, string directory, BrokerOptions options, IPresenceObserver presence, BrokerMetrics metrics, TimeProvider time) =>
        throw new NotSupportedException();

    public ValueTask<SessionOpened> OpenAsync(SessionRequest request, ISessionLink link, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask ReadyAsync(SessionHandle session, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ReasonCode>> SubscribeAsync(
        SessionHandle session, IReadOnlyList<SubscriptionRequest> filters, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ReasonCode>> UnsubscribeAsync(
        SessionHandle session, IReadOnlyList<string> filters, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<PublishOutcome> PublishAsync(
        SessionHandle? from, ApplicationMessage message, ushort packetId, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask RememberReceivedAsync(
        SessionHandle session, ushort packetId, ulong keptAt, ulong bookmark, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask BookmarkAsync(ulong bookmark) => throw new NotSupportedException();

    public ValueTask<bool> RestoreReceivedAsync(string clientId, ulong sessionNumber, ushort packetId, ulong keptAt) =>
        throw new NotSupportedException();

    public ValueTask<ReasonCode> ReleaseAsync(SessionHandle session, ushort packetId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask AnsweredAsync(
        SessionHandle session, ushort packetId, AnswerKind kind, ReasonCode reason, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask CloseAsync(SessionHandle session, CloseReason why, uint? newExpirySeconds) => throw new NotSupportedException();

    public ValueTask TickAsync(DateTimeOffset now) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
