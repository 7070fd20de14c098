using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>An entry as it was read, with its place. Envelope is null unless the body is intact.</summary>
internal sealed record VerifiedEntry(ulong Index, Leaf Leaf, ReadOnlyMemory<byte> LeafBytes, ReadOnlyMemory<byte>? Envelope, string File, SegmentOffset Offset);
