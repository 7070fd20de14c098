using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Registers;

/// <summary>Exactly one of a report, which may be full of errors, and why nothing was looked at.</summary>
internal sealed record ImportResult(ImportReport? Report, RefusalDetail? Refusal);
