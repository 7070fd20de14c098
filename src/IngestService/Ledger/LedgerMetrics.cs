using System.Diagnostics.Metrics;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>Batches, not items, except the counters of answers.</summary>
internal sealed class LedgerMetrics
{
    public const string MeterName = "EdgeEnforcement.Ledger";

    private readonly Counter<long> _entries;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _receipts;
    private readonly Counter<long> _refusals;
    private readonly Histogram<int> _batchEntries;
    private readonly Histogram<double> _flushSeconds;
    private readonly Counter<long> _checkpoints;
    private readonly Histogram<double> _checkpointSeconds;

    public LedgerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _entries = meter.CreateCounter<long>("ledger.entries.durable", "{entry}");
        _bytes = meter.CreateCounter<long>("ledger.bytes.written", "By");
        _receipts = meter.CreateCounter<long>("ledger.receipts", "{receipt}");
        _refusals = meter.CreateCounter<long>("ledger.refusals", "{refusal}");
        _batchEntries = meter.CreateHistogram<int>("ledger.batch.entries", "{entry}");
        _flushSeconds = meter.CreateHistogram<double>("ledger.flush.duration", "s");
        _checkpoints = meter.CreateCounter<long>("ledger.checkpoints.signed", "{checkpoint}");
        _checkpointSeconds = meter.CreateHistogram<double>("ledger.checkpoint.duration", "s");
    }

    public void Flushed(int entries, int bytes, TimeSpan took)
    {
        _entries.Add(entries);
        _bytes.Add(bytes);
        _batchEntries.Record(entries);
        _flushSeconds.Record(took.TotalSeconds);
    }

    public void Answered(AppendOutcome outcome)
    {
        if (outcome.Receipt is { } receipt)
            _receipts.Add(1, new KeyValuePair<string, object?>("code", receipt.Code));
        else if (outcome.Refusal is { } refusal)
            Refused(refusal);
    }

    public void MessagesAppended(int count) => _receipts.Add(count, new KeyValuePair<string, object?>("code", Contracts.V1.ReceiptCode.Appended));

    public void Refused(RefusalDetail refusal) =>
        _refusals.Add(1, new KeyValuePair<string, object?>("code", RefusalMap.Of(refusal.Code).Name));

    public void CheckpointSigned(TimeSpan took)
    {
        _checkpoints.Add(1);
        _checkpointSeconds.Record(took.TotalSeconds);
    }
}
