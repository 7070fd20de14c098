using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Device events and exchanges in one line each, and the rule sets that came into force.</summary>
internal sealed class HappeningTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _ruleSet;
    private readonly SqliteStatement _drop;

    public HappeningTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _add = _statements.Prepare("INSERT OR REPLACE INTO happening VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
        _ruleSet = _statements.Prepare("INSERT OR REPLACE INTO rule_set VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
        _drop = _statements.Prepare("DELETE FROM happening WHERE ingest < $1");
    }

    public void Add(StationState station, ProjectedEntry entry, DeviceEvent happened) => Add(
        station, entry, Record.DeviceEventFieldNumber, (long)happened.Kind, SqliteColumns.ToMicros(happened.ObservedAt),
        Text(happened), "", happened.Count);

    public void Add(StationState station, ProjectedEntry entry, DeviceExchange exchange) => Add(
        station, entry, Record.DeviceExchangeFieldNumber, 0, SqliteColumns.ToMicros(exchange.SentAt),
        exchange.Reason.Length > 0 ? $"{exchange.Command} · {exchange.Reason}" : exchange.Command, exchange.Outcome, exchange.Attempts);

    public void Add(ProjectedEntry entry, RuleSetActivated activated) => _ruleSet.Run(
        entry.Index, entry.Leaf.Producer, activated.RuleSet, activated.Version, activated.Decider, activated.Sha256.Memory,
        (long)activated.RuleCount, entry.IngestMicros / 1000);

    public bool MayHold(IReadOnlyList<IndexRange> entries) => entries.Any(range =>
        _statements.Prepare("SELECT 1 FROM happening WHERE entry BETWEEN $1 AND $2 UNION ALL SELECT 1 FROM rule_set WHERE entry BETWEEN $1 AND $2 LIMIT 1")
            .Exists(range.First, range.Last));

    public void DropBefore(long ingestMs) => _drop.Run(ingestMs);

    public void Dispose() => _statements.Dispose();

    private void Add(StationState station, ProjectedEntry entry, long type, long kind, long? observed, string text, string outcome, ulong count) => _add.Run(
        station.Id, entry.Index, type, kind, ReadingRow.Milliseconds(observed),
        ReadingRow.Milliseconds(SqliteColumns.ToMicros(entry.Record?.Time?.AgentTime)), entry.IngestMicros / 1000, Cut(text), Cut(outcome), count);

    // In the order of the names: a map has none, and the same entry must always give the same row.
    private static string Text(DeviceEvent happened) => happened.Detail.Length > 0 || happened.Fields.Count == 0
        ? happened.Detail
        : string.Join(", ", happened.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));

    private static string Cut(string text) => text.Length <= ReadingLimits.TextLength ? text : text[..ReadingLimits.TextLength] + "…";
}
