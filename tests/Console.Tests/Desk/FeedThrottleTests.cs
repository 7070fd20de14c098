using EdgeEnforcement.OperatorConsole.Desk.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.OperatorConsole.Tests.Desk;

public sealed class FeedThrottleTests
{
    [Fact]
    public async Task The_first_signal_calls_at_once_and_signals_during_a_call_become_one_more()
    {
        var calls = 0;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var throttle = new FeedThrottle(TimeSpan.FromMilliseconds(1), TimeProvider.System, async () =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                first.SetResult();
                await release.Task;
            }
            else
            {
                second.TrySetResult();
            }
        }, NullLogger.Instance);

        throttle.Signal();
        await first.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        for (var signal = 0; signal < 1000; signal++)
            throttle.Signal();
        Assert.Equal(1, calls);
        release.SetResult();
        await second.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await throttle.DisposeAsync();

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_call_that_fails_does_not_end_the_feed()
    {
        var calls = 0;
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        FeedThrottle? throttle = null;
        throttle = new FeedThrottle(TimeSpan.FromMilliseconds(1), TimeProvider.System, () =>
        {
            if (++calls == 1)
            {
                throttle!.Signal(); // assigned before the first signal below
                throw new InvalidOperationException("the page has a fault");
            }
            second.TrySetResult();
            return Task.CompletedTask;
        }, NullLogger.Instance);

        throttle.Signal();
        await second.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await throttle.DisposeAsync();
    }
}
