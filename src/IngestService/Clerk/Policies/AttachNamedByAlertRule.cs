using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>The alert the case came from names the manifest by its hash. Needs no clock.</summary>
internal static class AttachNamedByAlertRule
{
    public const string Id = "系统规则 attach-named-by-alert@1";

    /// <param name="subject">The case.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="alertsNaming">Alerts that name this manifest.</param>
    public static Attachment? Match(CaseView subject, ManifestView manifest, IReadOnlyCollection<string> alertsNaming) =>
        subject.AlertId.Length > 0 && alertsNaming.Contains(subject.AlertId)
            ? new Attachment(subject.CaseId, manifest.Index, AttachReason.NamedByAlert, Id, $"named by alert {subject.AlertId}")
            : null;
}
