using EdgeEnforcement.IngestService.Ledger.Append;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// The newest entries as they were written. Those who follow the ledger closely (projections, clerk, feeds) share them, instead of each
/// reading, checking and parsing the same bytes of the segment again.
/// </summary>
/// <remarks>
/// The sequencer is the only writer and adds entries before their flush: a reader gives out none above the durable end. What proves
/// the disk (checkpoints before they sign, verification, scrubber) does not come by here.
/// </remarks>
internal sealed class RecentEntries
{
    // One group commit of the largest size. Who is further behind reads whole pages of the segment.
    private const int Capacity = 16_384;
    private const long CapacityBytes = 16 << 20;

    private readonly Lock _lock = new();
    private readonly LedgerEntry?[] _ring = new LedgerEntry?[Capacity];
    private ulong _first;
    private ulong _end;
    private long _bytes;

    public void Add(IReadOnlyList<StagedEntry> staged)
    {
        lock (_lock)
        {
            foreach (var entry in staged)
            {
                if (entry.Index != _end)
                    Forget_NeedsLock(entry.Index);
                if (_end - _first == Capacity)
                    DropOldest_NeedsLock();
                var added = new LedgerEntry(
                    new EntryIndex(entry.Index), entry.Content, entry.Leaf, entry.Salt, entry.Request.Envelope, IsErased: false);
                _ring[_end++ % Capacity] = added;
                _bytes += BytesOf(added);
                while (_bytes > CapacityBytes)
                    DropOldest_NeedsLock();
            }
        }
    }

    /// <summary>Entries from an index on, below <paramref name="end"/>; empty when the first of them is no longer here.</summary>
    public IReadOnlyList<LedgerEntry> Read(ulong from, ulong end, int maxCount, long maxBytes)
    {
        lock (_lock)
        {
            end = Math.Min(end, _end);
            if (from < _first || from >= end)
                return [];
            var entries = new List<LedgerEntry>((int)Math.Min((ulong)maxCount, end - from));
            for (; from < end && entries.Count < maxCount && maxBytes > 0; from++)
            {
                var entry = _ring[from % Capacity]!; // below _end and not dropped
                entries.Add(entry);
                maxBytes -= BytesOf(entry);
            }
            return entries;
        }
    }

    /// <summary>An erasure: nothing of what was written before stays in memory.</summary>
    public void Forget()
    {
        lock (_lock)
            Forget_NeedsLock(_end);
    }

    private void Forget_NeedsLock(ulong next)
    {
        Array.Clear(_ring);
        (_first, _end, _bytes) = (next, next, 0);
    }

    private void DropOldest_NeedsLock()
    {
        ref var oldest = ref _ring[_first++ % Capacity];
        _bytes -= BytesOf(oldest!); // there: the ring is not empty
        oldest = null;
    }

    private static long BytesOf(LedgerEntry entry) => entry.LeafBytes.Length + entry.Envelope.Length;
}
