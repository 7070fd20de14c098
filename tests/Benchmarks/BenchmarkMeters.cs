using System.Diagnostics.Metrics;

namespace EdgeEnforcement.Benchmarks;

/// <summary>Meters nobody listens to, as in a service without a collector.</summary>
internal sealed class BenchmarkMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _meters.ForEach(meter => meter.Dispose());
}
