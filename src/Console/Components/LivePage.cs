using EdgeEnforcement.OperatorConsole.Desk.Feed;
using Grpc.Core;
using Microsoft.AspNetCore.Components;

namespace EdgeEnforcement.OperatorConsole.Components;

/// <summary>
/// A page that follows the feed: told "version N", it pulls what it shows, on the circuit's own thread and never twice at once.
/// The one place where a failed query becomes a sentence on the page.
/// </summary>
public abstract class LivePage : ComponentBase, IAsyncDisposable
{
    // A service that answered too late was busy: not at once again, and not so late that a person gives the page up.
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _leaving = new();
    private FeedSubscription? _subscription;
    private FeedLink? _seenLink;
    private bool _hasParameters;

    // The last read that was asked for. On the circuit's own thread only.
    private Task _lastRead = Task.CompletedTask;

    [Inject]
    private FeedWatcher Feed { get; set; } = null!; // set by the framework before OnInitialized

    [Inject]
    private TimeProvider Time { get; set; } = null!; // set by the framework before OnInitialized

    protected CancellationToken Leaving => _leaving.Token;

    protected bool Loaded { get; private set; }

    /// <summary>Why what is shown may be old; null when it is not.</summary>
    protected RpcException? Trouble { get; private set; }

    /// <summary>Reads the page's view again, at least as new as the ledger size named.</summary>
    protected abstract Task ReadAsync(ulong atLeast);

    protected override void OnInitialized() => _subscription = Feed.Subscribe(_ => InvokeAsync(FollowAsync));

    /// <summary>The first ones are read with the feed's first word; later ones are a person going on within the page.</summary>
    protected override Task OnParametersSetAsync()
    {
        var isFirst = !_hasParameters;
        _hasParameters = true;
        return isFirst ? Task.CompletedTask : ReadNowAsync();
    }

    /// <remarks>
    /// In the order they were asked for: the feed's read of what the page showed before a click must not come back after the click's
    /// own and stay on the screen.
    /// </remarks>
    protected async Task ReadNowAsync(ulong atLeast = 0)
    {
        await ReadInTurnAsync(atLeast);
        if (MayBeRetried)
            _subscription?.Signal(); // the feed's loop goes on with it
    }

    private Task ReadInTurnAsync(ulong atLeast = 0) => _lastRead = ReadAfterAsync(_lastRead, atLeast);

    // What the service said no to stays as it is; while the service is away the feed's return reads again.
    private bool MayBeRetried => !_leaving.IsCancellationRequested && Feed.State.Link == FeedLink.Live
        && Trouble is { StatusCode: StatusCode.DeadlineExceeded or StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Cancelled };

    private async Task ReadAfterAsync(Task before, ulong atLeast)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_leaving.IsCancellationRequested)
            return;
        try
        {
            await ReadAsync(atLeast);
            (Loaded, Trouble) = (true, null);
        }
        catch (RpcException) when (_leaving.IsCancellationRequested)
        {
            return;
        }
        catch (RpcException exception)
        {
            Trouble = exception;
        }
        StateHasChanged();
    }

    private async Task FollowAsync()
    {
        if (_leaving.IsCancellationRequested)
            return;
        var state = Feed.State;
        var wasLost = _seenLink is FeedLink.Lost;
        _seenLink = state.Link;
        // While the service is away the banner says so; what was read stays on the screen, marked.
        if (state.Link == FeedLink.Lost && !wasLost && Loaded)
            return;
        await ReadInTurnAsync();
        // The feed speaks when something changes: a page whose read was given up would otherwise stay empty until then.
        while (MayBeRetried)
        {
            await Task.Delay(RetryPause, Time, _leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (!_leaving.IsCancellationRequested)
                await ReadInTurnAsync();
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _leaving.CancelAsync();
        if (_subscription is not null)
            await _subscription.DisposeAsync();
        _leaving.Dispose();
    }
}
