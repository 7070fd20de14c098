using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>Exactly one of the two. A check that finds damage is an answer, not a refusal.</summary>
internal sealed record EvidenceCheckResult(CheckEvidenceAnswer? Answer, RefusalDetail? Refusal);
