namespace EdgeEnforcement.OperatorConsole.Desk.Feed;

/// <summary>One page's claim on the feed: told that something changed, it pulls what it shows.</summary>
public sealed class FeedSubscription : IAsyncDisposable
{
    private readonly FeedWatcher _watcher;
    private readonly FeedThrottle _throttle;

    internal FeedSubscription(FeedWatcher watcher, FeedThrottle throttle) => (_watcher, _throttle) = (watcher, throttle);

    internal void Signal() => _throttle.Signal();

    public async ValueTask DisposeAsync()
    {
        _watcher.Forget(this);
        await _throttle.DisposeAsync().ConfigureAwait(false);
    }
}
