using System.Diagnostics.Metrics;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door;

/// <summary>What came in, what became of it, how long it waited. Waits are measured once per flush of answers, not per record.</summary>
internal sealed class DoorMetrics
{
    public const string MeterName = "EdgeEnforcement.IngestService.Door";

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _ticketWait;
    private readonly Counter<long> _chunks;
    private readonly Counter<long> _chunkBytes;
    private readonly UpDownCounter<long> _streams;
    private readonly Counter<long> _downLost;
    private readonly Counter<long> _feedAlerts;

    public DoorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _accepted = meter.CreateCounter<long>("door.records.accepted", "{record}", "receipts given, by receipt code");
        _refused = meter.CreateCounter<long>("door.records.refused", "{record}", "refusals given, by refusal code");
        _bytes = meter.CreateCounter<long>("door.records.bytes", "By", "envelope bytes handed to the ledger");
        _ticketWait = meter.CreateHistogram<double>("door.ticket.wait", "s", "oldest wait for the ledger within a flush of answers");
        _chunks = meter.CreateCounter<long>("door.media.chunks", "{chunk}", "media chunks made durable");
        _chunkBytes = meter.CreateCounter<long>("door.media.bytes", "By", "media bytes made durable");
        _downLost = meter.CreateCounter<long>("door.mqtt.down.lost", "{message}", "answers that found no room in their receiver's queue");
        _feedAlerts = meter.CreateCounter<long>("door.mqtt.feed.alerts", "{message}", "alerts published to operators' systems");
        _streams = meter.CreateUpDownCounter<long>("door.report.streams", "{stream}", "report streams open");
    }

    public void Received(int bytes) => _bytes.Add(bytes);

    public void Accepted(Contracts.V1.ReceiptCode code) => _accepted.Add(1, new KeyValuePair<string, object?>("code", code.ToString()));

    public void Refused(RefusalCode code) =>
        _refused.Add(1, new KeyValuePair<string, object?>("code", RefusalMap.Of(code).Name));

    public void Flushed(TimeSpan oldestWait) => _ticketWait.Record(oldestWait.TotalSeconds);

    public void ChunksDurable(int count, long bytes)
    {
        _chunks.Add(count);
        _chunkBytes.Add(bytes);
    }

    public void DownLost() => _downLost.Add(1);

    public void AlertsPublished(int count) => _feedAlerts.Add(count);

    public void StreamOpened() => _streams.Add(1);

    public void StreamClosed() => _streams.Add(-1);
}
