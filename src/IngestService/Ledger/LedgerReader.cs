using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger;

/// <param name="recent">Null: what is there is read from the segments only.</param>
/// <param name="isFinal">Nothing more ever comes: who waits for it waits until he gives up.</param>
internal sealed class LedgerReader(SegmentReader reader, ErasedEntries erased, RecentEntries? recent = null, bool isFinal = false) : ILedgerReader
{
    // A page of entries is held in memory as a whole.
    private const long PageBytes = 8 << 20;

    public ulong DurableSize => reader.DurableEnd.Value;

    public ulong ErasedThrough => erased.Through;

    public IReadOnlyList<IndexRange> ErasedRanges => erased.Ranges;

    public LedgerEntry Read(EntryIndex index) => StoredEntry.From(reader.Read(new RecordIndex(index.Value)));

    public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount)
    {
        var durable = DurableSize;
        if (from.Value >= durable)
            return [];
        if (recent?.Read(from.Value, durable, maxCount, PageBytes) is { Count: > 0 } newest)
            return erased.Through == 0 ? newest : [.. newest.Select(Masked)];
        var entries = new List<LedgerEntry>();
        foreach (var record in reader.ReadFrom(new RecordIndex(from.Value), maxCount, PageBytes))
            entries.Add(StoredEntry.From(record));
        return entries;
    }

    private LedgerEntry Masked(LedgerEntry entry) =>
        erased.Covers(entry.Index.Value) ? new LedgerEntry(entry.Index, entry.Leaf, entry.LeafBytes, default, default, IsErased: true) : entry;

    public async ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation)
    {
        if (isFinal && size >= DurableSize)
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        try
        {
            await reader.WaitForDurableAsync(new RecordIndex(size), cancellation);
        }
        catch (InvalidOperationException e)
        {
            throw new LedgerFatalException("Nothing more becomes durable: the ledger was closed.", e);
        }
    }
}
