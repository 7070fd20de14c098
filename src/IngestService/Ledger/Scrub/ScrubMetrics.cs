using System.Diagnostics.Metrics;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>"Verified up to N at T", and where the round under way is.</summary>
internal sealed class ScrubMetrics : IDisposable
{
    private readonly Meter _meter;

    public ScrubMetrics(IMeterFactory meters, ScrubStatus status)
    {
        Status = status;
        _meter = meters.Create(LedgerMetrics.MeterName + ".Scrub");
        _meter.CreateObservableGauge("scrub.verified.entries", () => (long)status.State.VerifiedSize, "{entry}", "Entries of the last whole round");
        _meter.CreateObservableGauge("scrub.verified.at", () => status.State.VerifiedAt?.ToUnixTimeSeconds() ?? 0, "s", "Unix time at which the last whole round ended");
        _meter.CreateObservableGauge("scrub.round.entries", () => (long)status.State.Position, "{entry}", "Entries of the round under way");
        _meter.CreateObservableGauge("scrub.round.bytes", () => status.State.Bytes, "By", "Bytes the round under way has read");
        _meter.CreateObservableGauge("scrub.round.media", () => status.State.MediaObjects, "{object}", "Media objects the round under way has read");
        _meter.CreateObservableGauge("scrub.findings", () => status.State.Standing, "{finding}",
            "Differences found by this round or the last whole one; anything but 0 needs a person");
    }

    public ScrubStatus Status { get; }

    public void Dispose() => _meter.Dispose();
}
