using System.Threading.Channels;

namespace EdgeEnforcement.IngestService.Ledger.Checkpoints;

/// <summary>Runs the step every interval while there is something new, and at once when somebody waits for a size.</summary>
internal sealed class CheckpointPump(CheckpointStep step, TimeSpan interval, TimeProvider time) : IAsyncDisposable
{
    // One token is enough: a step serves everybody who asked before it.
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<(ulong Size, TaskCompletionSource<SignedCheckpoint> Covered)> _waiting = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LedgerFatalException? _fatal;
    private Task _run = Task.CompletedTask;

    /// <summary>Faults when the step did.</summary>
    public Task Failed => _failed.Task;

    public void Start() => _run = Task.Run(RunAsync);

    /// <summary>The size is durable already; returns when it is signed.</summary>
    public async ValueTask<SignedCheckpoint> WaitAsync(ulong size, CancellationToken cancellation)
    {
        TaskCompletionSource<SignedCheckpoint> covered;
        lock (_lock)
        {
            if (_fatal is not null)
                throw new LedgerFatalException(_fatal.Message, _fatal);
            if (step.Newest is { } newest && newest.Checkpoint.Size >= size)
                return newest;
            covered = new TaskCompletionSource<SignedCheckpoint>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((size, covered));
        }
        _asked.Writer.TryWrite(true);
        return await covered.Task.WaitAsync(cancellation);
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                // The opening signed what was there: a look before the wait would sign the first records at the whim of the thread pool.
                await WaitForWorkAsync();
                if (step.IsDue)
                    Answer(step.Run());
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            Fail(new LedgerFatalException("The ledger was closed."));
        }
        catch (Exception e)
        {
            var fatal = e as LedgerFatalException ?? new LedgerFatalException($"The checkpoint step failed: {e.Message}", e);
            Fail(fatal);
            _failed.TrySetException(fatal);
        }
    }

    private async Task WaitForWorkAsync()
    {
        using var timer = time.CreateTimer(static s => ((ChannelWriter<bool>)s!).TryWrite(true), _asked.Writer, interval, Timeout.InfiniteTimeSpan);
        await _asked.Reader.ReadAsync(_stopping.Token);
    }

    private void Answer(SignedCheckpoint newest)
    {
        lock (_lock)
        {
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Size > newest.Checkpoint.Size)
                    continue;
                _waiting[i].Covered.TrySetResult(newest);
                _waiting.RemoveAt(i);
            }
        }
    }

    private void Fail(LedgerFatalException fatal)
    {
        lock (_lock)
        {
            _fatal = fatal;
            foreach (var (_, covered) in _waiting)
                covered.TrySetException(fatal);
            _waiting.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _run;
        _stopping.Dispose();
    }
}
