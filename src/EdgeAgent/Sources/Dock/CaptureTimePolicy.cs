using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Chooses when a recording began. The name comes first: its time zone is declared by the profile, while containers written by
/// recorders carry local time as often as UTC. All three clocks stay in the manifest, so the choice can be gone over.
internal static class CaptureTimePolicy
{
    // Body-worn recorders of GA/T 947 exist since 2011; a clock that lost its battery starts at 1970, 2000 or 2010.
    private static readonly TimeSpan OldestPlausible = TimeSpan.FromDays(5 * 365);
    private static readonly TimeSpan NewestPlausible = TimeSpan.FromHours(1);

    public static CaptureSpan Decide(
        RecordingName name, MediaFacts facts, DiskFile file, ClockReading clock, DateTimeOffset collectedAt)
    {
        var (start, source) =
            name.Time is { } named ? (named, "name")
            : facts.CreatedAt is { } created ? (created, "container")
            : (file.ModifiedAt - (facts.Duration ?? TimeSpan.Zero), "file-time");

        var span = new CaptureSpan
        {
            Start = Timestamp.FromDateTimeOffset(start),
            ClockOffset = Duration.FromTimeSpan(clock.Offset),
            Uncertainty = Duration.FromTimeSpan(clock.Uncertainty),
            CollectedAt = Timestamp.FromDateTimeOffset(collectedAt),
            StartSource = source,
            ClockImplausible = clock.Implausible
                || start > collectedAt + NewestPlausible
                || start < collectedAt - OldestPlausible,
        };
        if (facts.Duration is { } duration)
            span.End = Timestamp.FromDateTimeOffset(start + duration);
        return span;
    }
}
