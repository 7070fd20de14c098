using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>A rule's yes: which case, which manifest, why, with the numbers.</summary>
internal sealed record Attachment(string CaseId, ulong ManifestIndex, AttachReason Reason, string Rule, string Explanation);
