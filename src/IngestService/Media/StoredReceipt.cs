using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>The media receipt: the receipt of the MediaStored entry, and that entry's envelope.</summary>
internal sealed record StoredReceipt(AppendReceipt Receipt, ReadOnlyMemory<byte> Envelope);
