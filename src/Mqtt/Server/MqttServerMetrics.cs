using System.Diagnostics.Metrics;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Connections one by one, packets by the batch.</summary>
public sealed class MqttServerMetrics
{
    public const string MeterName = "EdgeEnforcement.Mqtt.Server";

    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _packets;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _answersRefused;
    private readonly Counter<long> _oversize;

    public MqttServerMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _connections = meter.CreateUpDownCounter<long>("mqtt.connections", "{connection}", "sockets open");
        _refused = meter.CreateCounter<long>("mqtt.connects.refused", "{connect}", "CONNECT answered with a failure, by reason");
        _closed = meter.CreateCounter<long>("mqtt.connections.closed", "{connection}", "by why");
        _packets = meter.CreateCounter<long>("mqtt.packets.received", "{packet}");
        _answers = meter.CreateCounter<long>("mqtt.answers.sent", "{packet}", "acknowledgements of every kind");
        _answersRefused = meter.CreateCounter<long>("mqtt.publishes.refused", "{publish}", "by reason");
        _oversize = meter.CreateCounter<long>("mqtt.deliveries.oversize", "{message}", "above the client's Maximum Packet Size");
    }

    internal void Opened() => _connections.Add(1);

    internal void Closed(string why)
    {
        _connections.Add(-1);
        _closed.Add(1, new KeyValuePair<string, object?>("why", why));
    }

    internal void ConnectRefused(ReasonCode reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    internal void Received(int packets) => _packets.Add(packets);

    internal void Answered(int packets) => _answers.Add(packets);

    internal void PublishRefused(ReasonCode reason) => _answersRefused.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    internal void Oversize() => _oversize.Add(1);
}
