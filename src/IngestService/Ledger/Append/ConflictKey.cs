using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>A conflict is remembered by its bytes, so that sending them again does not grow the ledger.</summary>
internal readonly record struct ConflictKey(NumberingKey Numbering, ulong Sequence, Sha256Hash Fingerprint);
