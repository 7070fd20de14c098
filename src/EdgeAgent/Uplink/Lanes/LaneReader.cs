using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Uplink.Lanes;

/// Gives a lane its records: P0 before P1 before P2, by sequence within each, answered ones left out. The ranges decide which lane it
/// is: the backlog's end where the live lane's begin. A class that was told to come later waits; the classes above it do not, and in P0
/// only the record itself waits. The lane's sender reads, its receiver says what was answered.
internal sealed class LaneReader(IEnumerable<LaneRange> ranges, ReceiptStore receipts, Func<Backoff> newBackoff, TimeProvider time)
{
    private const int AheadCount = 256;
    private const long AheadBytes = 1 << 20;

    private readonly Lock _lock = new();
    private readonly LaneRange[] _ranges = [.. ranges.OrderBy(r => r.Log.Class).ThenBy(r => r.Log.Epoch)];
    private readonly AppendSignal _changed = new();
    private bool _anyPostponed;

    /// Records that have to be sent again are still to come.
    public bool HasPostponed
    {
        get
        {
            lock (_lock)
                return _anyPostponed && _ranges.Any(r => r.Postponed is { Any: true });
        }
    }

    /// Raised when an answer may have changed what can be sent.
    public Task Changed => _changed.Next;

    public bool TryRead(out RecordKey key, out ReadOnlyMemory<byte> envelope)
    {
        lock (_lock)
            foreach (var range in _ranges)
                while ((Again(range) ?? Next(range)) is { } found)
                {
                    if (receipts.IsAnswered(found.Key))
                    {
                        range.Postponed?.Answered(found.Key.Sequence);
                        continue;
                    }
                    (key, envelope) = (found.Key, found.Envelope);
                    return true;
                }
        (key, envelope) = (default, default);
        return false;
    }

    /// The record was refused for now. True when its class begins to wait with it.
    public bool Postpone(RecordKey key)
    {
        lock (_lock)
        {
            var range = RangeOf(key);
            range.Postponed ??= new Postponed(newBackoff(), time);
            _anyPostponed = true;
            return range.Postponed.Add(key.Sequence);
        }
    }

    /// The record has its final answer. True when its class goes on.
    public bool Answered(RecordKey key)
    {
        if (!Volatile.Read(ref _anyPostponed))
            return false;
        lock (_lock)
            return RangeOf(key).Postponed?.Answered(key.Sequence) == true;
    }

    public void RaiseChanged() => _changed.Raise();

    /// Returns when there may be something to read: something was appended or answered, or the time of a postponed record has come.
    public async Task WaitAsync(Task changed, Task? appended, CancellationToken cancellation)
    {
        TimeSpan? rest;
        lock (_lock)
            rest = _anyPostponed ? _ranges.Min(r => r.Postponed?.Wait) : null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> any = [changed, Task.Delay(rest ?? Timeout.InfiniteTimeSpan, time, over.Token)];
        if (appended is not null)
            any.Add(appended);
        await Task.WhenAny(any);
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private LaneRange RangeOf(RecordKey key) => _ranges.First(r => r.Log.Class == key.Class && r.Log.Epoch == key.Epoch);

    private static (RecordKey Key, ReadOnlyMemory<byte> Envelope)? Again(LaneRange range)
    {
        while (range.Postponed?.Take() is { } sequence)
            if (range.Log.ReadAhead(sequence, 1, 1) is [var record])
                return record;
            else
                range.Postponed.Answered(sequence); // given up meanwhile: the certificate speaks for it
        return null;
    }

    private (RecordKey Key, ReadOnlyMemory<byte> Envelope)? Next(LaneRange range)
    {
        if (range.Log.Class != RecordClass.P0 && range.Postponed is { Holds: true })
            return null;
        while (range.Ahead.Count == 0)
        {
            // Everything up to the cursor is answered; a backlog of a million begins behind it, not at its first record.
            var from = Math.Max(range.Next, receipts.ContiguousOf(range.Log.Epoch, range.Log.Class) + 1);
            from = Math.Max(from, range.Log.FirstSequence);
            var last = Math.Min(range.Last, range.Log.LastSequence);
            range.Next = from;
            if (from > last)
                return null;
            // Nothing: the beginning was given up under our hands, and the log begins later now.
            foreach (var record in range.Log.ReadAhead(from, AheadCount, AheadBytes))
                if (record.Key.Sequence <= last)
                    range.Ahead.Enqueue(record);
            if (range.Ahead.Count == 0 && range.Log.FirstSequence <= from)
                throw new TransientFaultException($"The log of {range.Log.Class} is being recovered.");
        }
        var next = range.Ahead.Dequeue();
        range.Next = next.Key.Sequence + 1;
        return next;
    }
}
