using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>A ledger as a slow reader meets it: it grows when the test says so, pages have any length, and a read may fail.</summary>
internal sealed class PagedLedger(ILedgerReader ledger, Random random, int largestPage) : ILedgerReader
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _size;

    /// <summary>Called before each page with its first entry; may throw: a process that dies there.</summary>
    public Action<ulong>? OnRead { get; set; }

    public ulong DurableSize
    {
        get
        {
            lock (_lock)
                return _size;
        }
    }

    public ulong ErasedThrough => ledger.ErasedThrough;

    public IReadOnlyList<EdgeEnforcement.IngestService.Ledger.Erasure.IndexRange> ErasedRanges => ledger.ErasedRanges;

    public void GrowTo(ulong size)
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            _size = Math.Min(size, ledger.DurableSize);
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        grown.SetResult();
    }

    public LedgerEntry Read(EntryIndex index) => ledger.Read(index);

    public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount)
    {
        OnRead?.Invoke(from.Value);
        int count;
        lock (_lock)
            count = (int)Math.Min((ulong)random.Next(1, largestPage + 1), _size - from.Value);
        return count == 0 ? [] : ledger.ReadFrom(from, Math.Min(count, maxCount));
    }

    public async ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                if (_size > size)
                    return;
                grown = _grown.Task;
            }
            await grown.WaitAsync(cancellation);
        }
    }
}
