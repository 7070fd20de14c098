using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Erasure;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>Reads what is durable, beside the live sequencer. Every reader owns its cursor.</summary>
internal interface ILedgerReader
{
    /// <summary>Entries 0..DurableSize-1 are flushed.</summary>
    ulong DurableSize { get; }

    /// <summary>
    /// One above the newest deletion leaf that is obeyed: what it covers is given out as erased. What was folded from the ledger
    /// before must be folded again. 0 when nothing was ever erased.
    /// </summary>
    ulong ErasedThrough { get; }

    /// <summary>All that is covered. At least what <see cref="ErasedThrough"/>, read before it, stands for.</summary>
    IReadOnlyList<IndexRange> ErasedRanges { get; }

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> at or above <see cref="DurableSize"/>.</summary>
    LedgerEntry Read(EntryIndex index);

    /// <summary>Up to <paramref name="maxCount"/> entries from <paramref name="from"/>; empty at the durable end. Read in large blocks.</summary>
    IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount);

    /// <summary>Returns when DurableSize &gt; size.</summary>
    ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation);
}

/// <summary>An entry as stored. Salt and envelope are empty when the entry was lawfully erased.</summary>
internal sealed record LedgerEntry(
    EntryIndex Index, Leaf Leaf, ReadOnlyMemory<byte> LeafBytes, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Envelope, bool IsErased);
