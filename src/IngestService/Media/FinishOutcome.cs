using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>Exactly one of the two.</summary>
internal sealed record FinishOutcome(StoredReceipt? Stored, RefusalDetail? Refusal);
