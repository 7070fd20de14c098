using System.Diagnostics.Metrics;

namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>Batches, not items, except what is refused or dropped.</summary>
public sealed class BrokerMetrics
{
    public const string MeterName = "EdgeEnforcement.Mqtt.Broker";

    private readonly Counter<long> _published;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _bytes;
    private readonly Histogram<int> _groupCommands;
    private readonly Histogram<double> _flushSeconds;
    private readonly Histogram<double> _snapshotSeconds;

    public BrokerMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _published = meter.CreateCounter<long>("mqtt.broker.published", "{message}");
        _delivered = meter.CreateCounter<long>("mqtt.broker.delivered", "{message}");
        _refused = meter.CreateCounter<long>("mqtt.broker.refused", "{command}");
        _dropped = meter.CreateCounter<long>("mqtt.broker.dropped", "{message}");
        _bytes = meter.CreateCounter<long>("mqtt.broker.log.written", "By");
        _groupCommands = meter.CreateHistogram<int>("mqtt.broker.group.commands", "{command}");
        _flushSeconds = meter.CreateHistogram<double>("mqtt.broker.flush.duration", "s");
        _snapshotSeconds = meter.CreateHistogram<double>("mqtt.broker.snapshot.duration", "s");
    }

    internal void Grouped(int commands, int published, int delivered)
    {
        _groupCommands.Record(commands);
        if (published > 0)
            _published.Add(published);
        if (delivered > 0)
            _delivered.Add(delivered);
    }

    internal void Refused(ReasonCode reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    internal void Dropped(DropCause cause, int count = 1) => _dropped.Add(count, new KeyValuePair<string, object?>("cause", cause.ToString()));

    internal void Flushed(int bytes, TimeSpan took)
    {
        _bytes.Add(bytes);
        _flushSeconds.Record(took.TotalSeconds);
    }

    internal void SnapshotTaken(TimeSpan took) => _snapshotSeconds.Record(took.TotalSeconds);
}
