using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

internal sealed class AlertTables : IProjectionTables
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _open;
    private readonly SqliteStatement _update;
    private readonly SqliteStatement _acknowledge;
    private readonly SqliteStatement _close;
    private readonly SqliteStatement _reopen;
    private readonly SqliteStatement _lead;
    private readonly SqliteStatement _case;
    private readonly SqliteStatement _recompute;
    private readonly SqliteStatement _severity;
    private readonly SqliteStatement _putBack;
    private readonly SqliteStatement _advance;
    private readonly TakeUpTable _takeUp;
    private readonly ClosingTable _closings;

    public AlertTables(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _open = _statements.Prepare("""
            INSERT INTO alert (alert_id, opened_index, kind, severity, state, title, description, place, source_device, officer,
                rule, target, latitude, longitude, accuracy, observed, ingested, retrospective, count, episode_start, cause_index, last_cause_index,
                take_up_by, take_up_rules)
            VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, $18, $19, $19, $20, $21)
            ON CONFLICT DO NOTHING
            """);
        // Severity and worst value only rise within an episode; an update that comes late must not take either back. A graver alert is due sooner.
        _update = _statements.Prepare("""
            UPDATE alert SET take_up_by = CASE WHEN $2 > severity AND $9 < take_up_by THEN $9 ELSE take_up_by END, severity = max(severity, $2), count = max(count, $3), worst = max(ifnull(worst, $4), $4),
                cleared = $5 OR cleared, observed = max(ifnull(observed, $6), ifnull($6, observed)),
                cleared_at = CASE WHEN $5 THEN $7 ELSE cleared_at END, last_cause_index = max(ifnull(last_cause_index, $8), ifnull($8, last_cause_index))
            WHERE alert_id = $1
            """);
        _acknowledge = _statements.Prepare("UPDATE alert SET state = 2, taken_up = 1, take_up_by = NULL WHERE alert_id = $1 AND state = 1");
        _close = _statements.Prepare("""
            UPDATE alert SET state_before_close = state, state = 3, close_reason = $2, taken_up = 1, take_up_by = NULL WHERE alert_id = $1 AND state IN (1, 2)
            """);
        _reopen = _statements.Prepare("""
            UPDATE alert SET state = state_before_close, state_before_close = 0, close_reason = 0 WHERE alert_id = $1 AND state = 3
            """);
        _lead = _statements.Prepare("""
            UPDATE alert SET state = 4, lead_id = $2, lead_number = $3, lead_index = $4, lead_at = $5, taken_up = 1, take_up_by = NULL WHERE alert_id = $1 AND state IN (1, 2)
            """);
        _case = _statements.Prepare("UPDATE alert SET case_id = $2 WHERE lead_id = $1 AND lead_id <> '' AND case_id = ''");
        // Only a waiting one is followed by another.
        _recompute = _statements.Prepare("""
            INSERT INTO recomputation VALUES ($1, $2, $3)
            ON CONFLICT (alert_id) DO UPDATE SET outcome = excluded.outcome, entry = excluded.entry WHERE outcome = 3
            """);
        _severity = _statements.Prepare("SELECT severity FROM alert WHERE alert_id = $1");
        // Overdue is told once an alert: what was so before has no second clock.
        _putBack = _statements.Prepare("""
            UPDATE alert SET state = 1, state_before_close = 0, close_reason = 0, taken_up = 0,
                take_up_by = CASE WHEN overdue = 0 THEN $2 END, take_up_rules = $3 WHERE alert_id = $1 AND state = 3
            """);
        _advance = _statements.Prepare("""
            INSERT INTO version VALUES ($1, 1) ON CONFLICT (alert_id) DO UPDATE SET version = version + 1
            """);
        _takeUp = new TakeUpTable(_statements);
        _closings = new ClosingTable(_statements);
    }

    public void Apply(ProjectedEntry entry)
    {
        if (entry.Record is not { } record)
            return;
        foreach (StreamPrecondition condition in record.Preconditions)
        {
            if (AlertStream.TryParse(condition.Stream, out string alertId))
                _advance.Run(alertId);
        }

        Fold(entry, record);
    }

    public void EndBatch()
    {
        // Every row is written as it comes.
    }

    public void Dispose() => _statements.Dispose();

    private void Fold(ProjectedEntry entry, Record record)
    {
        switch (record)
        {
            case { AlertOpened: { } opened }:
                Open(entry, opened);
                break;
            case { AlertUpdated: { } updated }:
                _update.Run(updated.AlertId, updated.Severity, (long)updated.Count, updated.WorstValue,
                    updated.Phase == EpisodePhase.Cleared, SqliteColumns.ToMicros(updated.ObservedAt),
                    SqliteColumns.ToMicros(updated.ObservedAt) ?? entry.IngestMicros, ReportOf(entry, updated.Decision, updated.Cause),
                    _takeUp.Rules?.DueMicros(updated.Severity, entry.IngestMicros));
                break;
            case { AlertAcknowledged: { } acknowledged }:
                _acknowledge.Run(acknowledged.AlertId);
                break;
            case { AlertClosed: { } closed }:
                if (_close.Run(closed.AlertId, closed.Reason) > 0)
                    _closings.Add(entry, closed, _takeUp.Rules?.SamplePercent ?? 0);
                break;
            case { AlertReopened: { } reopened }:
                if (_reopen.Run(reopened.AlertId) > 0)
                    _closings.Undo(reopened.AlertId);
                break;
            case { LeadRegistered: { } lead }:
                _lead.Run(lead.AlertId, lead.LeadId, lead.Number, entry.Index, entry.IngestMicros);
                break;
            case { CaseOpened: { LeadId.Length: > 0 } opened }:
                _case.Run(opened.LeadId, opened.CaseId);
                break;
            case { AlertRecomputed: { } recomputed }:
                _recompute.Run(recomputed.AlertId, recomputed.Outcome, entry.Index);
                break;
            case { AlertOverdue: { } overdue } when entry.Leaf.Origin == LeafOrigin.Ledger:
                _takeUp.Overdue(overdue);
                break;
            case { AlertSampled: { } sampled }:
                Say(entry, sampled);
                break;
            case { ProcedureRulesActivated: { } rules } when entry.Leaf.Origin == LeafOrigin.Operator:
                _takeUp.Activate(entry, rules);
                break;
        }
    }

    private void Open(ProjectedEntry entry, AlertOpened opened) => _open.Run(
        opened.AlertId, entry.Index, opened.Kind, opened.Severity, opened.Title, opened.Description, opened.Place,
        opened.SourceDevice, opened.Officer, opened.Rule, opened.Target, opened.Position?.Latitude,
        opened.Position?.Longitude, opened.Position?.AccuracyM, SqliteColumns.ToMicros(opened.ObservedAt), entry.IngestMicros,
        opened.Retrospective, SqliteColumns.ToMicros(opened.EpisodeStart), ReportOf(entry, opened.Decision, opened.Cause),
        _takeUp.Rules?.DueMicros(opened.Severity, entry.IngestMicros), _takeUp.RulesEntry);

    private void Say(ProjectedEntry entry, AlertSampled sampled)
    {
        if (sampled.Reopens && _severity.Number(sampled.AlertId) is { } severity)
            _putBack.Run(sampled.AlertId, _takeUp.Rules?.DueMicros((AlertSeverity)severity, entry.IngestMicros), _takeUp.RulesEntry);
        _closings.Say(entry, sampled);
    }

    // Where the report lies: the front end's in its own entry, the centre's in the fact.
    private static ulong? ReportOf(ProjectedEntry entry, FieldAlert? decision, Cause? cause) => decision is null ? cause?.EntryIndex : entry.Index;
}
