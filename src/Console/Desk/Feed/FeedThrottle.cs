using System.Threading.Channels;
using EdgeEnforcement.OperatorConsole.Hosting;

namespace EdgeEnforcement.OperatorConsole.Desk.Feed;

/// <summary>
/// Turns any number of signals into calls that never overlap and never come closer than the interval. The first signal after a
/// pause calls at once; signals during a call or a pause become one more call, so the last signal is always answered.
/// </summary>
internal sealed class FeedThrottle : IAsyncDisposable
{
    // One place: a signal says "look again", and two say no more than one.
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly Func<Task> _call;
    private readonly ILogger _logger;
    private readonly Task _loop;

    public FeedThrottle(TimeSpan interval, TimeProvider time, Func<Task> call, ILogger logger)
    {
        (_interval, _time, _call, _logger) = (interval, time, call, logger);
        _loop = Task.Run(RunAsync);
    }

    public void Signal() => _signals.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        try
        {
            await foreach (var _ in _signals.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
            {
                await CallAsync().ConfigureAwait(false);
                await Task.Delay(_interval, _time, _stopping.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // the page is gone
        }
    }

    private async Task CallAsync()
    {
        try
        {
            await _call().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One page's fault must not end its feed: the next version tries again.
            _logger.FeedSubscriberFailed(exception);
        }
        catch (ObjectDisposedException)
        {
            // the circuit ended between signal and call
        }
        catch (OperationCanceledException)
        {
            // the page left while it was reading
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stopping.Dispose();
    }
}
