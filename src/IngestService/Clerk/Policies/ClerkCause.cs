using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>The entry a fact comes from: all that a decision may know of time and place beside its content.</summary>
/// <param name="EntryIndex">Its index.</param>
/// <param name="IngestMicros">When the ledger took it.</param>
/// <param name="MadeMicros">When its record was made, by the agent's clock; never after its ingest, and that where it does not say.</param>
/// <param name="Producer">Who numbered it.</param>
/// <param name="SourceDevice">What it is about.</param>
internal sealed record ClerkCause(ulong EntryIndex, long IngestMicros, long MadeMicros, string Producer, string SourceDevice)
{
    public static ClerkCause Of(ProjectedEntry entry, Record record) => new(
        entry.Index, entry.IngestMicros, Math.Min(SqliteColumns.ToMicros(record.Time?.AgentTime) ?? entry.IngestMicros, entry.IngestMicros),
        entry.Leaf.Producer, record.SourceDevice);

    public Cause Of(string rule) => new() { EntryIndex = EntryIndex, Rule = rule };
}
