using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>A participating officer's recording overlaps the case's window. An implausible clock never attaches by time.</summary>
internal static class AttachByOfficerAndTimeRule
{
    public const string Id = "系统规则 attach-by-officer-and-time@1";

    public static Attachment? Match(CaseView subject, ManifestView manifest)
    {
        if (manifest.Officer.Length == 0 || !subject.Officers.Contains(manifest.Officer))
            return null;
        if (manifest.ClockImplausible || manifest.Capture is not { } capture || subject.Window is not { } window)
            return null;
        return capture.Overlap(window) is { } overlap
            ? new Attachment(subject.CaseId, manifest.Index, AttachReason.OfficerAndTime, Id,
                $"officer {manifest.Officer}, overlap {ClerkText.Duration(overlap)} with {ClerkText.Window(window)}")
            : null;
    }
}
