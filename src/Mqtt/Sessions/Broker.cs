using System.Threading.Channels;
using EdgeEnforcement.Mqtt.Sessions.Commands;
using EdgeEnforcement.Mqtt.Sessions.Deciding;
using EdgeEnforcement.Mqtt.Sessions.Facts;
using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>The broker core: puts commands into the queue of <see cref="BrokerSequencer"/> and waits for their answers.</summary>
public sealed class Broker : IBroker, IAsyncDisposable
{
    private readonly BrokerCore _core;
    private readonly TimeProvider _time;
    private readonly GroupCommitQueue<Command> _queue;

    private Broker(BrokerCore core, BrokerOptions options, TimeProvider time)
    {
        _core = core;
        _time = time;
        ReceivedBookmark = core.State.Bookmark;
        _queue = new GroupCommitQueue<Command>(new BrokerSequencer(core, time), "mqtt-broker", options.CommandCapacity);
    }

    public Task Completion => _queue.Completion;

    public ulong ReceivedBookmark { get; }

    /// <summary>
    /// Makes the state again from what is in the directory and begins to take commands. Nobody is connected: no presence is reported
    /// for those who were.
    /// </summary>
    public static Broker Open(
        IFileSystem files, string directory, BrokerOptions options, IPresenceObserver presence, BrokerMetrics metrics, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaximumMessageBytes, options.MaximumQueuedBytes, nameof(options));
        var state = new BrokerState();
        var log = SessionLog.Open(files, directory, options, state, out var online);
        var core = new BrokerCore(state, log, options, presence, metrics) { Now = time.GetUtcNow().ToUnixTimeMilliseconds() };
        core.Lifecycle.AfterRestart(online);
        var broker = new Broker(core, options, time);
        broker._queue.Start();
        return broker;
    }

    public async ValueTask<SessionOpened> OpenAsync(SessionRequest request, ISessionLink link, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(link);
        var opening = new Opening();
        while (true)
        {
            var answer = await SendAsync(new OpenCommand(request, link, opening), cancellation);
            if (answer.Opened is { } opened)
                return opened;
            var old = answer.ToBeDrained!; // the one or the other is set
            try
            {
                await old.Drained.WaitAsync(cancellation);
            }
            catch
            {
                await SendAsync(new AbandonCommand(opening), CancellationToken.None);
                throw;
            }
            opening.Drained = old;
        }
    }

    public ValueTask ReadyAsync(SessionHandle session, CancellationToken cancellation) =>
        EnqueueAsync(new ReadyCommand(session), cancellation);

    public ValueTask<IReadOnlyList<ReasonCode>> SubscribeAsync(
        SessionHandle session, IReadOnlyList<SubscriptionRequest> filters, CancellationToken cancellation) =>
        SendAsync(new SubscribeCommand(session, filters), cancellation);

    public ValueTask<IReadOnlyList<ReasonCode>> UnsubscribeAsync(
        SessionHandle session, IReadOnlyList<string> filters, CancellationToken cancellation) =>
        SendAsync(new UnsubscribeCommand(session, filters), cancellation);

    public ValueTask<PublishOutcome> PublishAsync(
        SessionHandle? from, ApplicationMessage message, ushort packetId, CancellationToken cancellation) =>
        SendAsync(new PublishCommand(from, message, packetId, cancellation), cancellation);

    public async ValueTask RememberReceivedAsync(
        SessionHandle session, ushort packetId, ulong keptAt, ulong bookmark, CancellationToken cancellation) =>
        await SendAsync(new ReceivedCommand(session, packetId, keptAt, bookmark), cancellation);

    public async ValueTask BookmarkAsync(ulong bookmark) => await SendAsync(new BookmarkCommand(bookmark), CancellationToken.None);

    public ValueTask<bool> RestoreReceivedAsync(string clientId, ulong sessionNumber, ushort packetId, ulong keptAt) =>
        SendAsync(new RestoreReceivedCommand(clientId, sessionNumber, packetId, keptAt), CancellationToken.None);

    public ValueTask<ReasonCode> ReleaseAsync(SessionHandle session, ushort packetId, CancellationToken cancellation) =>
        SendAsync(new ReleaseCommand(session, packetId), cancellation);

    public ValueTask AnsweredAsync(
        SessionHandle session, ushort packetId, AnswerKind kind, ReasonCode reason, CancellationToken cancellation) =>
        EnqueueAsync(new AnsweredCommand(session, packetId, kind, reason), cancellation);

    public async ValueTask CloseAsync(SessionHandle session, CloseReason why, uint? newExpirySeconds) =>
        await SendAsync(new CloseCommand(session, why, newExpirySeconds), CancellationToken.None);

    public async ValueTask TickAsync(DateTimeOffset now) => await SendAsync(new TickCommand(now), CancellationToken.None);

    private ValueTask<T> SendAsync<T>(Command<T> command, CancellationToken cancellation) =>
        _queue.TryEnqueue(command) ? new ValueTask<T>(command.Task) : SendWhenThereIsRoomAsync(command, cancellation);

    private async ValueTask<T> SendWhenThereIsRoomAsync<T>(Command<T> command, CancellationToken cancellation)
    {
        await EnqueueAsync(command, cancellation);
        return await command.Task;
    }

    private async ValueTask EnqueueAsync(Command command, CancellationToken cancellation)
    {
        try
        {
            await _queue.EnqueueAsync(command, cancellation);
        }
        catch (ChannelClosedException closed)
        {
            throw new BrokerStoppedException("The broker takes no more commands.", closed.InnerException ?? closed);
        }
    }

    /// <summary>Decides and flushes what waits, then ends. A publish that waits for room fails.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // The last heartbeat flushes what nobody waits for.
            await EnqueueAsync(new TickCommand(_time.GetUtcNow()), CancellationToken.None);
        }
        catch (BrokerStoppedException)
        {
            // It had to stop already; Completion has said why.
        }
        await _queue.DisposeAsync();
        _core.Parking.Fail(new BrokerStoppedException("The broker has ended."));
        _core.Log.Dispose();
    }
}
