using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>Until when alerts have to be taken up (D-27), by the rules in force at the entry that is folded.</summary>
internal sealed class TakeUpTable
{
    private readonly SqliteStatement _keep;
    private readonly SqliteStatement _start;
    private readonly SqliteStatement _overdue;

    public TakeUpTable(StatementSet statements)
    {
        _keep = statements.Prepare("INSERT OR REPLACE INTO rules VALUES (1, $1, $2)");
        _start = statements.Prepare("""
            UPDATE alert SET take_up_by = $2, take_up_rules = $3 WHERE state = 1 AND severity = $1 AND take_up_by IS NULL AND taken_up = 0
            """);
        _overdue = statements.Prepare("UPDATE alert SET overdue = 1 WHERE alert_id = $1 AND take_up_by IS NOT NULL");
        Tuple<ulong, byte[]>? kept = statements.Prepare("SELECT entry, content FROM rules")
            .QueryOne(row => Tuple.Create(row.UInt64(0), row.GetFieldValue<byte[]>(1)));
        if (kept is not null)
            (RulesEntry, Rules) = (kept.Item1, Read(kept.Item2));
    }

    /// <summary>Null: no rules are in force, or they say nothing of alerts.</summary>
    public AlertRules? Rules { get; private set; }

    public ulong? RulesEntry { get; private set; }

    /// <summary>What waits with a clock keeps it; what waits without one has one from now on.</summary>
    public void Activate(ProjectedEntry entry, ProcedureRulesActivated activated)
    {
        _keep.Run(entry.Index, activated.Content.Memory);
        (RulesEntry, Rules) = (entry.Index, Read(activated.Content.Span));
        foreach (AlertSeverity severity in Rules?.Times.Keys ?? [])
            _start.Run(severity, Rules?.DueMicros(severity, entry.IngestMicros), entry.Index);
    }

    /// <summary>What was taken up before this entry is not overdue, whatever it says: the order of the ledger decides.</summary>
    public void Overdue(AlertOverdue overdue) => _overdue.Run(overdue.AlertId);

    private static AlertRules? Read(ReadOnlySpan<byte> content) => ProcedureRulesParser.TryParse(content, out _)?.Alerts;
}
