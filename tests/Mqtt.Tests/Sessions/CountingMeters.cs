using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

/// Sums of the counters of one broker, by name and tag.
internal sealed class CountingMeters : IMeterFactory
{
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly MeterListener _listener = new();
    private readonly List<Meter> _meters = [];

    public CountingMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Contains(instrument.Meter) && instrument is Counter<long>)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var tag = tags.Length > 0 ? $" {tags[0].Value}" : "";
            _sums.AddOrUpdate(instrument.Name + tag, value, (_, sum) => sum + value);
        });
        _listener.Start();
    }

    public long this[string name] => _sums.GetValueOrDefault(name);

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var meter in _meters)
            meter.Dispose();
    }
}
