using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// Moves the session log's bookmark on while no QoS 2 message does it: what lies above it is read at the next start.
/// </summary>
internal sealed class BookmarkPump(RememberedMarks marks, IBroker broker, TimeProvider time) : IAsyncDisposable
{
    // Read in well under a tenth of a second.
    private const ulong Apart = 20_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private int _disposed;

    public void Start() => _loop = Task.Run(() => RunAsync(_stop.Token));

    /// <summary>By the door's step first, by the container again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var written = broker.ReceivedBookmark;
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, cancellation);
                var bookmark = marks.Bookmark;
                if (bookmark < written + Apart)
                    continue;
                await broker.BookmarkAsync(bookmark).AsTask().WaitAsync(cancellation);
                written = bookmark;
            }
        }
        catch (OperationCanceledException)
        {
            // Shutdown: a bookmark that stays behind costs reading at the next start.
        }
        catch (BrokerStoppedException)
        {
            // The host stops for it.
        }
    }
}
