using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>Gap (entries behind) and lag (seconds behind) of each follower of the ledger, and its batches.</summary>
internal sealed class ProjectionMetrics : IDisposable
{
    public const string MeterName = "EdgeEnforcement.Projections";

    private readonly ConcurrentDictionary<string, (ProjectionCursor Cursor, ILedgerReader Ledger)> _watched = new();
    private readonly Meter _meter;
    private readonly TimeProvider _time;
    private readonly Histogram<int> _batch;

    public ProjectionMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(MeterName);
        _batch = _meter.CreateHistogram<int>("projection.batch.size", "{entry}");
        _meter.CreateObservableGauge("projection.gap", () => Observe(Gap), "{entry}");
        _meter.CreateObservableGauge("projection.lag", () => Observe(LagSeconds), "s");
    }

    public void Watch(ProjectionCursor cursor, ILedgerReader ledger) => _watched[cursor.Name] = (cursor, ledger);

    public void Batch(string projection, int entries) => _batch.Record(entries, Tag(projection));

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> Observe(Func<ProjectionCursor, ILedgerReader, double> measure)
    {
        foreach ((string name, (ProjectionCursor cursor, ILedgerReader ledger)) in _watched)
            yield return new Measurement<double>(measure(cursor, ledger), Tag(name));
    }

    private static double Gap(ProjectionCursor cursor, ILedgerReader ledger)
    {
        ulong position = cursor.Position;
        return Math.Max(0, (double)ledger.DurableSize - position);
    }

    // Age of the oldest entry not yet projected: one read when somebody looks, nothing on the pump's way.
    private double LagSeconds(ProjectionCursor cursor, ILedgerReader ledger)
    {
        ulong position = cursor.Position;
        if (position >= ledger.DurableSize)
            return 0;
        long since = ledger.Read(new EntryIndex(position)).Leaf.IngestTimeMicros;
        return Math.Max(0, (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds - since / 1e6);
    }

    private static KeyValuePair<string, object?> Tag(string projection) => new("projection", projection);
}
