using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// Taken within the case's radius (a distance equal to it counts) while its window was open. The position's own accuracy is
/// not added: the radius is what a person chose.
/// </summary>
internal static class AttachByDistanceAndTimeRule
{
    public const string Id = "系统规则 attach-by-distance-and-time@1";

    public static Attachment? Match(CaseView subject, ManifestView manifest)
    {
        if (subject.Place is not { } place || manifest.Place is not { } taken)
            return null;
        if (manifest.ClockImplausible || manifest.Capture is not { } capture || subject.Window is not { } window)
            return null;
        if (capture.Overlap(window) is not { } overlap)
            return null;

        double metres = GreatCircle.Metres(place.Latitude, place.Longitude, taken.Latitude, taken.Longitude);
        return metres <= place.RadiusM
            ? new Attachment(subject.CaseId, manifest.Index, AttachReason.DistanceAndTime, Id,
                $"{ClerkText.Metres(metres)} m from the place, radius {ClerkText.Metres(place.RadiusM)} m, "
                + $"overlap {ClerkText.Duration(overlap)} with {ClerkText.Window(window)}")
            : null;
    }
}
