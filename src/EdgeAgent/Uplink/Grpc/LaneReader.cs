using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Uplink.Grpc;

/// Gives a lane its records: P0 before P1 before P2, by sequence within each, answered ones left out. The ranges decide which lane it
/// is: the backlog's end where the live lane's begin. Owned by the lane's sender.
internal sealed class LaneReader(IEnumerable<LaneRange> ranges, ReceiptStore receipts)
{
    private const int AheadCount = 256;
    private const long AheadBytes = 1 << 20;

    private readonly LaneRange[] _ranges = [.. ranges.OrderBy(r => r.Log.Class).ThenBy(r => r.Log.Epoch)];

    public bool TryRead(out RecordKey key, out ReadOnlyMemory<byte> envelope)
    {
        foreach (var range in _ranges)
            while (Next(range) is { } found)
            {
                if (receipts.IsAnswered(found.Key))
                    continue;
                (key, envelope) = found;
                return true;
            }
        (key, envelope) = (default, default);
        return false;
    }

    private (RecordKey Key, ReadOnlyMemory<byte> Envelope)? Next(LaneRange range)
    {
        if (range.Ahead.Count == 0)
        {
            // Everything up to the cursor is answered; a backlog of a million begins behind it, not at its first record.
            var from = Math.Max(range.Next, receipts.ContiguousOf(range.Log.Epoch, range.Log.Class) + 1);
            from = Math.Max(from, range.Log.FirstSequence);
            var last = Math.Min(range.Last, range.Log.LastSequence);
            range.Next = from;
            if (from > last)
                return null;
            foreach (var record in range.Log.ReadFrom(from, AheadCount, AheadBytes))
                if (record.Key.Sequence <= last)
                    range.Ahead.Enqueue(record);
        }
        var next = range.Ahead.Dequeue();
        range.Next = next.Key.Sequence + 1;
        return next;
    }
}
