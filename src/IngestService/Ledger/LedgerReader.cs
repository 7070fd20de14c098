using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger;

internal sealed class LedgerReader(SegmentReader reader, ErasedEntries erased) : ILedgerReader
{
    // A page of entries is held in memory as a whole.
    private const long PageBytes = 8 << 20;

    public ulong DurableSize => reader.DurableEnd.Value;

    public ulong ErasedThrough => erased.Through;

    public LedgerEntry Read(EntryIndex index) => StoredEntry.From(reader.Read(new RecordIndex(index.Value)));

    public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount)
    {
        if (from.Value >= DurableSize)
            return [];
        var entries = new List<LedgerEntry>();
        foreach (var record in reader.ReadFrom(new RecordIndex(from.Value), maxCount, PageBytes))
            entries.Add(StoredEntry.From(record));
        return entries;
    }

    public async ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation)
    {
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
