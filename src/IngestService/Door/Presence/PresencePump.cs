using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>
/// The presence loop, once a second: news of the session log and what is due into the book, what the book has to say into the ledger.
/// While the ledger refuses, the book goes on and coalesces; what was refused is offered again, unchanged, before anything newer.
/// A crash loses what was not appended: the next run finds in the ledger who was connected, and calls them suspect.
/// </summary>
internal sealed class PresencePump(
    PresenceInbox inbox, PresenceBook book, IPresenceMemory memory, IMessageAppender appender, PresenceParts parts) : IAsyncDisposable
{
    /// <summary>Graces count in seconds.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly SteadyClock _clock = new(parts.Time);
    private readonly SemaphoreSlim _turn = new(1, 1); // the loop's tick, or a test's
    private readonly Queue<DevicePresence> _unwritten = new();
    private Task _loop = Task.CompletedTask;
    private bool _isRefused;
    private int _disposed;

    /// <summary>Reads what the ledger has. Before the first client may connect; the projection shows all of the ledger by now.</summary>
    public void Start()
    {
        var known = memory.Remember();
        var now = _clock.Read();
        book.Remember(known, now);
        Enqueue(book.Collect(now));
        parts.Log.Remembered(known.Devices.Count, known.Episodes.Count);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>What the loop does at each beat; a test with its own time does it itself.</summary>
    public async Task TickAsync()
    {
        await _turn.WaitAsync();
        try
        {
            var now = _clock.Read();
            while (inbox.TryTake(out var news))
                book.Take(news, now);
            book.Advance(now);
            parts.Metrics.Stand(book);
            if (await WriteAsync())
            {
                Enqueue(book.Collect(now));
                await WriteAsync();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>By the door's step first, while the ledger still takes what is left to say; by the container again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _turn.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Beat, parts.Time);
        while (true)
        {
            try
            {
                await TickAsync();
                if (_stop.IsCancellationRequested)
                    return; // that tick was the last word
                await timer.WaitForNextTickAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // One tick more.
            }
            catch (LedgerFatalException)
            {
                return; // the host stops for it
            }
            catch (Exception e)
            {
                parts.Log.Failed(e);
                if (_stop.IsCancellationRequested)
                    return;
            }
        }
    }

    private void Enqueue(PresenceBatch? batch)
    {
        foreach (var record in batch is null ? [] : PresenceRecords.Of(batch))
            _unwritten.Enqueue(record);
    }

    /// False: the ledger takes nothing now.
    private async Task<bool> WriteAsync()
    {
        while (_unwritten.TryPeek(out var record))
        {
            if (await AppendAsync(record) is { } refusal)
            {
                if (!_isRefused)
                    parts.Log.Refused(refusal.Detail);
                _isRefused = true;
                return false;
            }
            _unwritten.Dequeue();
            parts.Metrics.Written(record.Changes.Count);
        }
        _isRefused = false;
        return true;
    }

    private async Task<RefusalDetail?> AppendAsync(DevicePresence record)
    {
        var answer = new Answer();
        var envelope = PresenceRecords.Seal(record, out var sequenceOffset);
        await appender.AppendAsync(
            new MessageDraft(Record.DevicePresenceFieldNumber, envelope, sequenceOffset, LeafFlags.None, answer, 0), CancellationToken.None);
        return await answer.Outcome;
    }

    private sealed class Answer : IMessageSink
    {
        private readonly TaskCompletionSource<RefusalDetail?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<RefusalDetail?> Outcome => _outcome.Task;

        public void Appended(int token, EntryIndex index) => _outcome.TrySetResult(null);

        public void Refused(int token, RefusalDetail refusal) => _outcome.TrySetResult(refusal);

        public void Failed(int token, Exception cause) => _outcome.TrySetException(cause);

        public void GroupEnded()
        {
            // Nobody waits for more than one.
        }
    }
}
