using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace EdgeEnforcement.IngestService.Diagnostics;

/// <summary>
/// Sums what our meters and the runtime's report and shows it in the Prometheus text format. Own, because no exporter package can be had.
/// Bounded: at most <see cref="MaxSeries"/> series, after which new tag sets are counted as dropped and otherwise ignored.
/// </summary>
internal sealed class MetricsCollector : IHostedService, IDisposable
{
    // A few hundred instruments with a handful of codes each; more means that someone tags by identity.
    private const int MaxSeries = 4096;

    // Memory, collections and their pauses, threads: observed when somebody asks, so they cost nothing in between.
    private const string RuntimeMeter = "System.Runtime";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Tags), MetricSeries> _series = new();
    private long _dropped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("EdgeEnforcement", StringComparison.Ordinal) || instrument.Meter.Name == RuntimeMeter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Take(i, value, tags));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Take(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Take(i, value, tags));
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public string Exposition()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in _series.GroupBy(s => Name(s.Key.Instrument)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var instrument = group.First().Key.Instrument;
            if (instrument.Description is { } description)
                text.Append(CultureInfo.InvariantCulture, $"# HELP {group.Key} {description.Replace('\n', ' ')}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {group.Key} {Kind(instrument)}\n");
            foreach (var ((_, tags), series) in group.OrderBy(s => s.Key.Tags, StringComparer.Ordinal))
                series.WriteTo(text, group.Key, tags);
        }
        text.Append(CultureInfo.InvariantCulture, $"# TYPE metrics_series_dropped counter\nmetrics_series_dropped {Interlocked.Read(ref _dropped)}\n");
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = (instrument, Label(tags));
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= MaxSeries)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }
            series = _series.GetOrAdd(key, _ => new MetricSeries(Kind(instrument) switch
            {
                "histogram" => MetricAggregation.Distribution,
                // An observed instrument reports its value, an ordinary counter its steps.
                _ => instrument.IsObservable || IsGauge(instrument) ? MetricAggregation.Last : MetricAggregation.Sum,
            }));
        }
        series.Take(value);
    }

    private static string Kind(Instrument instrument) => Generic(instrument) switch
    {
        "Histogram`1" => "histogram",
        "Counter`1" or "ObservableCounter`1" => "counter",
        _ => "gauge",
    };

    private static bool IsGauge(Instrument instrument) => Generic(instrument) == "Gauge`1";

    private static string Generic(Instrument instrument) => instrument.GetType().Name;

    // Instruments of one meter name that several hosts of one process make show as one family; their series stay apart.
    private static string Name(Instrument instrument)
    {
        var name = new StringBuilder(instrument.Name.Length + 8);
        foreach (var c in instrument.Name)
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        if (instrument.Unit == "s")
            name.Append("_seconds");
        else if (instrument.Unit == "By" && !instrument.Name.EndsWith("bytes", StringComparison.Ordinal))
            name.Append("_bytes");
        if (Kind(instrument) == "counter")
            name.Append("_total");
        return name.ToString();
    }

    private static string Label(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var label = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            label.Append(label.Length == 0 ? "" : ",").Append(key.Replace('.', '_')).Append("=\"").Append(text).Append('"');
        }
        return label.ToString();
    }
}
