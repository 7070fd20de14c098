using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Clerk.CentreRules;

/// <summary>
/// The rules that the centre decides of one producer's rule set, over that producer's own entries. Its clock is their ingest time and nothing
/// else: while the producer's uplink is cut nobody knows what its stations do, and their silence is the uplink's.
/// </summary>
internal sealed class CentreEngine(string producer, DetectionEngine engine)
{
    // Rules count in minutes. Between two entries nothing passes.
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(10);

    // An agent says how it is at least once a minute (its Status:QuietInterval); after five there was no line to hear its stations by.
    private static readonly TimeSpan NobodyListened = TimeSpan.FromMinutes(5);

    public string Producer => producer;

    public DetectionEngine Engine => engine;

    /// <summary>The entry that put its rule set in force, and the number of that record.</summary>
    public required ulong Activation { get; set; }

    public required uint Epoch { get; set; }

    public required ulong Sequence { get; set; }

    public required DateTimeOffset HeardAt { get; set; }

    public required DateTimeOffset TickedAt { get; set; }

    public static DateTimeOffset TimeOf(LedgerEntry entry) => DateTimeOffset.UnixEpoch.AddMicroseconds(entry.Leaf.IngestTimeMicros);

    /// <summary>Time first, then what the entry holds; Record is null where that is nothing for rules.</summary>
    public IReadOnlyList<Decision> Apply(LedgerEntry stored, ProjectedEntry entry)
    {
        DateTimeOffset now = TimeOf(stored);
        List<Decision> decided = [];
        if (now - HeardAt >= NobodyListened)
            engine.Resume(now);
        HeardAt = now;
        if (now - TickedAt >= TickInterval)
        {
            TickedAt = now;
            decided.AddRange(engine.Tick(now));
        }

        // Late is what comes late here. What the front end saw in time and the cable kept from us is judged all the same, as late.
        if (entry.Record is { ReadingBatch: { } batch, Identity: { } of } readings)
            decided.AddRange(engine.Apply(readings.SourceDevice, batch, of, now));
        else if (entry.Record is { DeviceEvent: { } happened, Identity: { } identity } record)
            decided.AddRange(engine.Apply(record.SourceDevice, happened, identity, now));
        return decided;
    }

    /// <summary>Rules that are the same keep their state; what others held open is decided to be over.</summary>
    public IReadOnlyList<Decision> Replace(RuleSet rules, ulong activation, RecordIdentity identity, DateTimeOffset now)
    {
        (Activation, Epoch, Sequence) = (activation, identity.Epoch, identity.Sequence);
        return engine.Replace(rules, now);
    }

    /// <summary>By the producer's own numbers: an activation that was overtaken on its way does not take over again.</summary>
    public bool IsOlderThan(RecordIdentity identity) => (identity.Epoch, identity.Sequence).CompareTo((Epoch, Sequence)) > 0;
}
