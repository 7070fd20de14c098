using System.Diagnostics.Metrics;
using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.IngestService.Space;

/// <summary>What was measured last. What was refused for it is counted where it was refused, under BUSY.</summary>
internal sealed class SpaceMetrics
{
    public const string MeterName = "EdgeEnforcement.IngestService.Space";

    public SpaceMetrics(IMeterFactory meters, ServiceSpace space)
    {
        var meter = meters.Create(MeterName);
        (string Volume, SpaceGauge Gauge)[] gauges = space.Media == space.Data
            ? [("data", space.Data)]
            : [("data", space.Data), ("media", space.Media)];
        meter.CreateObservableGauge("space.used", () => Each(gauges, g => g.Reading.UsedBytes), "By", "own bytes below the directory");
        meter.CreateObservableGauge("space.limit", () => Each(gauges, g => g.Reading.LimitBytes), "By", "the smaller of quota and what the volume offers");
        meter.CreateObservableGauge("space.free", () => Each(gauges, g => g.Reading.FreeBytes), "By", "free bytes of the volume");
        meter.CreateObservableGauge("space.state", () => Each(gauges, g => (long)g.State), null, "0 normal, 1 warn, 2 P2 refused, 3 media and P1 refused, 4 P0 only");
    }

    private static IEnumerable<Measurement<long>> Each((string Volume, SpaceGauge Gauge)[] gauges, Func<SpaceGauge, long> value) =>
        gauges.Select(g => new Measurement<long>(value(g.Gauge), new KeyValuePair<string, object?>("volume", g.Volume)));
}
