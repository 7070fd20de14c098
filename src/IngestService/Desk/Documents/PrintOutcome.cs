using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Desk.Documents;

/// <summary>Exactly one of a PDF and why there is none.</summary>
internal sealed record PrintOutcome(byte[]? Pdf, RefusalDetail? Refusal);
