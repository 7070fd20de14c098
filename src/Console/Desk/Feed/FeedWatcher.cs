using System.Collections.Immutable;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Options;
using DeskClient = EdgeEnforcement.Contracts.V1.Desk.DeskClient;

namespace EdgeEnforcement.OperatorConsole.Desk.Feed;

/// <summary>
/// The console's only feed stream, whatever the number of open pages. It keeps the newest version and whether the service is
/// there, and wakes the subscriptions when either changes. It never gives up.
/// </summary>
public sealed class FeedWatcher(DeskClient client, IOptions<ConsoleOptions> options, TimeProvider time, ILogger<FeedWatcher> logger)
    : BackgroundService
{
    // A restarted service is back within two seconds; a person waiting at a board should not wait longer than that.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _interval = TimeSpan.FromMilliseconds(options.Value.FeedThrottleMilliseconds);

    private ImmutableList<FeedSubscription> _subscriptions = [];

    // Written by the watching loop only.
    private volatile FeedState _state = new(FeedLink.Connecting, 0, 0, time.GetUtcNow());

    public FeedState State => _state;

    /// <summary>The first call comes at once, so that a page needs no other way to load.</summary>
    public FeedSubscription Subscribe(Func<FeedState, Task> onChange)
    {
        var subscription = new FeedSubscription(this, new FeedThrottle(_interval, time, () => onChange(_state), logger));
        ImmutableInterlocked.Update(ref _subscriptions, list => list.Add(subscription));
        subscription.Signal();
        return subscription;
    }

    internal void Forget(FeedSubscription subscription) =>
        ImmutableInterlocked.Update(ref _subscriptions, list => list.Remove(subscription));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(() => pause = FirstPause, stoppingToken).ConfigureAwait(false);
                Lose("the service ended the stream");
            }
            catch (RpcException exception) when (!stoppingToken.IsCancellationRequested)
            {
                Lose($"{exception.StatusCode}: {exception.Status.Detail}");
            }
            catch (Exception exception) when (stoppingToken.IsCancellationRequested && exception is RpcException or OperationCanceledException)
            {
                return;
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task FollowAsync(Action onVersion, CancellationToken stopping)
    {
        using var call = client.WatchFeed(new WatchFeedRequest(), cancellationToken: stopping);
        while (await call.ResponseStream.MoveNext(stopping).ConfigureAwait(false))
        {
            onVersion();
            var version = call.ResponseStream.Current;
            var before = _state;
            if (before.Link != FeedLink.Live)
                logger.FeedConnected(version.ProjectedSize);
            Publish(new FeedState(FeedLink.Live, version.ProjectedSize, version.DurableSize,
                before.Link == FeedLink.Live ? before.Since : time.GetUtcNow())
            {
                Findings = version.Findings, FirstFinding = version.FirstFinding,
            });
        }
    }

    private void Lose(string reason)
    {
        var before = _state;
        if (before.Link == FeedLink.Lost)
            return;
        logger.FeedLost(reason);
        Publish(before with { Link = FeedLink.Lost, Since = time.GetUtcNow() });
    }

    private void Publish(FeedState state)
    {
        _state = state;
        foreach (var subscription in _subscriptions)
            subscription.Signal();
    }
}
