using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

internal sealed class CaseBoardTables : IProjectionTables
{
    private readonly StatementSet _statements;
    private readonly TimelineTable _timeline;
    private readonly ErasedTable _erased;
    private readonly SqliteStatement _open;
    private readonly SqliteStatement _lead;
    private readonly SqliteStatement _alertOfLead;
    private readonly SqliteStatement _manifest;
    private readonly SqliteStatement _stored;
    private readonly SqliteStatement _attach;
    private readonly SqliteStatement _detach;
    private readonly SqliteStatement _casesOf;
    private readonly SqliteStatement _manifestsOf;
    private readonly SqliteStatement _advance;

    public CaseBoardTables(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _timeline = new TimelineTable(writer);
        _erased = new ErasedTable(writer);
        _open = _statements.Prepare("""
            INSERT INTO case_file VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING
            """);
        _lead = _statements.Prepare("INSERT INTO lead VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        _alertOfLead = _statements.Prepare("SELECT alert_id FROM lead WHERE lead_id = $1");
        _manifest = _statements.Prepare("INSERT OR REPLACE INTO manifest (manifest_index, payload_sha256) VALUES ($1, $2)");
        _stored = _statements.Prepare("UPDATE manifest SET stored = 1 WHERE manifest_index = $1");
        _attach = _statements.Prepare("INSERT INTO evidence VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING");
        _detach = _statements.Prepare("DELETE FROM evidence WHERE case_id = $1 AND manifest_index = $2");
        _casesOf = _statements.Prepare("SELECT case_id FROM evidence WHERE manifest_index = $1 ORDER BY case_id");
        _manifestsOf = _statements.Prepare("SELECT manifest_index FROM manifest WHERE payload_sha256 = $1");
        _advance = _statements.Prepare("""
            INSERT INTO version VALUES ($1, 1) ON CONFLICT (stream) DO UPDATE SET version = version + 1
            """);
    }

    public void Apply(ProjectedEntry entry)
    {
        if (entry.IsErased)
            _erased.Met(entry);
        if (entry.Record is not { } record)
            return;
        foreach (StreamPrecondition condition in record.Preconditions)
        {
            if (CaseStream.IsCase(condition.Stream))
                _advance.Run(condition.Stream);
        }

        if (record.Erased is { } erased)
            _erased.Apply(entry, erased, _timeline);
        else if (!FoldMedia(entry, record) && !FoldCase(entry, record))
            FoldAlert(entry, record);
    }

    public void EndBatch()
    {
        // Every row is written as it comes.
    }

    public void Dispose()
    {
        _timeline.Dispose();
        _erased.Dispose();
        _statements.Dispose();
    }

    private bool FoldMedia(ProjectedEntry entry, Record record)
    {
        switch (record)
        {
            case { MediaManifest: { } manifest }:
                _manifest.Run(entry.Index, entry.PayloadSha256);
                _timeline.Add(TimelineSubject.Media(entry.Index), entry, TimelineText.Of(manifest), entry.Leaf.Producer);
                return true;
            case { MediaLabel: { } label }:
                foreach (long index in _manifestsOf.Query(row => row.GetInt64(0), label.ManifestSha256.Memory))
                    _timeline.Add(TimelineSubject.Media((ulong)index), entry, TimelineText.Of(label), label.Officer);
                return true;
            case { MediaStored: { } stored }:
                _stored.Run(stored.ManifestIndex);
                _timeline.Add(TimelineSubject.Media(stored.ManifestIndex), entry, TimelineText.Of(stored), "");
                return true;
            case { MediaQuarantined: { } quarantined }:
                _timeline.Add(TimelineSubject.Media(quarantined.ManifestIndex), entry, quarantined.Reason, "");
                return true;
            case { EvidenceChecked: { } check }:
                _timeline.Add(TimelineSubject.Media(check.ManifestIndex), entry, check.Finding, check.Actor?.Name);
                foreach (string caseId in _casesOf.Query(row => row.GetString(0), check.ManifestIndex))
                    _timeline.Add(TimelineSubject.Case(caseId), entry, TimelineText.Of(check), check.Actor?.Name);
                return true;
            default:
                return false;
        }
    }

    private bool FoldCase(ProjectedEntry entry, Record record)
    {
        switch (record)
        {
            case { CaseOpened: { } opened }:
                Open(entry, opened);
                return true;
            case { MediaAttached: { } attached }:
                _attach.Run(attached.CaseId, attached.ManifestIndex, entry.Index, attached.Reason, attached.Explanation,
                    entry.IngestMicros);
                AddToBoth(entry, attached.CaseId, attached.ManifestIndex, attached.Explanation,
                    attached.Actor?.Name ?? attached.Cause?.Rule);
                return true;
            case { MediaDetached: { } detached }:
                _detach.Run(detached.CaseId, detached.ManifestIndex);
                AddToBoth(entry, detached.CaseId, detached.ManifestIndex, detached.Reason, detached.Actor?.Name);
                return true;
            default:
                return false;
        }
    }

    private void Open(ProjectedEntry entry, CaseOpened opened)
    {
        _open.Run(opened.CaseId, entry.Index, opened.Number, opened.Title, opened.Place, opened.Domain, entry.IngestMicros,
            opened.LeadId, string.Join('\n', opened.Officers), SqliteColumns.ToMicros(opened.WindowStart),
            SqliteColumns.ToMicros(opened.WindowEnd));
        _timeline.Add(TimelineSubject.Case(opened.CaseId), entry, TimelineText.Of(opened), opened.Actor?.Name);
        foreach (string alertId in _alertOfLead.Query(row => row.GetString(0), opened.LeadId))
            _timeline.Add(TimelineSubject.Alert(alertId), entry, opened.Number, opened.Actor?.Name);
    }

    private void AddToBoth(ProjectedEntry entry, string caseId, ulong manifestIndex, string text, string? actor)
    {
        _timeline.Add(TimelineSubject.Case(caseId), entry, $"#{manifestIndex} · {text}", actor);
        _timeline.Add(TimelineSubject.Media(manifestIndex), entry, $"{caseId} · {text}", actor);
    }

    private void FoldAlert(ProjectedEntry entry, Record record)
    {
        switch (record)
        {
            case { AlertOpened: { } opened }:
                AddToAlert(entry, opened.AlertId, TimelineText.Of(opened), opened.Cause?.Rule);
                break;
            case { AlertUpdated: { } updated }:
                AddToAlert(entry, updated.AlertId, TimelineText.Of(updated), updated.Cause?.Rule);
                break;
            case { AlertRecomputed: { } recomputed }:
                AddToAlert(entry, recomputed.AlertId, TimelineText.Of(recomputed), recomputed.Cause?.Rule);
                break;
            case { AlertAcknowledged: { } acknowledged }:
                AddToAlert(entry, acknowledged.AlertId, "", acknowledged.Actor?.Name);
                break;
            case { AlertClosed: { } closed }:
                AddToAlert(entry, closed.AlertId, TimelineText.Of(closed), closed.Actor?.Name);
                break;
            case { AlertReopened: { } reopened }:
                AddToAlert(entry, reopened.AlertId, reopened.Remark, reopened.Actor?.Name);
                break;
            case { AlertOverdue: { } overdue }:
                AddToAlert(entry, overdue.AlertId, TimelineText.Of(overdue), "");
                break;
            case { AlertSampled: { } sampled }:
                AddToAlert(entry, sampled.AlertId, TimelineText.Of(sampled), sampled.Actor?.Name);
                break;
            case { LeadRegistered: { } lead }:
                _lead.Run(lead.LeadId, lead.AlertId, lead.Number);
                AddToAlert(entry, lead.AlertId, TimelineText.Of(lead), lead.Actor?.Name);
                break;
        }
    }

    private void AddToAlert(ProjectedEntry entry, string alertId, string text, string? actor) =>
        _timeline.Add(TimelineSubject.Alert(alertId), entry, text, actor);
}
