using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>What became of an append: exactly one of receipt and refusal. Given only after the receipt's bytes are flushed.</summary>
internal sealed record AppendOutcome(AppendReceipt? Receipt, RefusalDetail? Refusal);

/// <summary>Proof of the promise: the leaf as written, its salt, and the durable size that covers it.</summary>
internal sealed record AppendReceipt(
    EntryIndex Index, ulong DurableSize, ReadOnlyMemory<byte> Leaf, ReadOnlyMemory<byte> Salt, ReceiptCode Code);
