using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>The number typed at the dock, or set by an officer's label, is the case's. Needs no clock.</summary>
internal static class AttachByCaseNumberRule
{
    public const string Id = "系统规则 attach-by-case-number@1";

    public static Attachment? Match(CaseView subject, ManifestView manifest) =>
        manifest.NumberKey.Length > 0 && manifest.NumberKey == subject.NumberKey
            ? new Attachment(subject.CaseId, manifest.Index, AttachReason.CaseNumber, Id, $"case number {manifest.NumberKey}")
            : null;
}
