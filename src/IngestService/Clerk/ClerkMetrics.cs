using System.Diagnostics.Metrics;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Clerk;

/// <summary>The clerk's gap and lag are the projections' gauges under his name; facts are counted here, by batch.</summary>
internal sealed class ClerkMetrics : IDisposable
{
    public const string MeterName = "EdgeEnforcement.Clerk";

    private readonly ProjectionMetrics _followers;
    private readonly Meter _meter;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _facts;

    public ClerkMetrics(IMeterFactory meters, ProjectionMetrics followers)
    {
        _followers = followers;
        _meter = meters.Create(MeterName);
        _entries = _meter.CreateCounter<long>("clerk.entries", "{entry}");
        _facts = _meter.CreateCounter<long>("clerk.facts", "{fact}");
    }

    public void Watch(ProjectionCursor cursor, ILedgerReader ledger) => _followers.Watch(cursor, ledger);

    public void Batch(int entries, int facts)
    {
        _entries.Add(entries);
        _facts.Add(facts);
    }

    public void Dispose() => _meter.Dispose();
}
