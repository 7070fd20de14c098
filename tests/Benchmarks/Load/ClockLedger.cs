using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>Takes facts and folds them when it is told to: deadlines without the flush, which the ledger's own figures say.</summary>
internal sealed class ClockLedger(ProjectionFold fold, long micros) : ILedgerReader, IProjectionFeed, IFactAppender
{
    private readonly List<LedgerEntry> _waiting = [];
    private readonly Lock _lock = new();
    private readonly Lock _folding = new();

    public ulong DurableSize { get; private set; }

    public ulong ErasedThrough => 0;

    public IReadOnlyList<IndexRange> ErasedRanges => [];

    public ulong ProjectedSize => fold.Position;

    public ulong ReadingsSize => fold.Position;

    public Task NextMove => Task.CompletedTask;

    public long Bytes { get; private set; }

    public void Add(LeafOrigin origin, Record record)
    {
        lock (_lock)
        {
            LedgerEntry entry = FactEntry.Of(record, DurableSize++, origin, micros);
            Bytes += entry.Envelope.Length;
            _waiting.Add(entry);
        }
    }

    public Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, CancellationToken cancellation)
    {
        Add(origin, record);
        AppendReceipt receipt = new(new EntryIndex(DurableSize - 1), DurableSize, default, default, ReceiptCode.Appended);
        return Task.FromResult(new FactOutcome(new AppendOutcome(receipt, null), default));
    }

    public Task<FactOutcome> AppendIfSeenAsync(LeafOrigin origin, Record record, ulong seenSize, CancellationToken cancellation) =>
        AppendAsync(origin, record, cancellation);

    /// <summary>Returns how many entries were folded. Others may be added meanwhile.</summary>
    public int Fold()
    {
        lock (_folding)
        {
            LedgerEntry[] entries;
            lock (_lock)
            {
                entries = [.. _waiting];
                _waiting.Clear();
            }

            foreach (LedgerEntry entry in entries)
                fold.Take(entry);
            fold.Flush();
            return entries.Length;
        }
    }

    public ValueTask WaitForAsync(ulong size, CancellationToken cancellation)
    {
        Fold();
        return ValueTask.CompletedTask;
    }

    public ValueTask WaitForReadingsAsync(ulong size, CancellationToken cancellation) => WaitForAsync(size, cancellation);

    public LedgerEntry Read(EntryIndex index) => throw new NotSupportedException();

    public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount) => throw new NotSupportedException();

    public ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation) => throw new NotSupportedException();
}
