using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Clerk.Policies;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk.State;

/// <summary>
/// Folds entries and decided facts into clerk.db. Called by the clerk's pump only, inside its transaction.
/// </summary>
/// <remarks>
/// What facts change (open alerts, settled pairs) only ever grows, so it does not matter whether a fact is folded when it is
/// decided or where it stands in the ledger. Recovery rests on that.
/// </remarks>
internal sealed class ClerkState : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _addAlert;
    private readonly SqliteStatement _addLead;
    private readonly SqliteStatement _addNamed;
    private readonly SqliteStatement _addCase;
    private readonly SqliteStatement _addOfficer;
    private readonly SqliteStatement _addManifest;
    private readonly SqliteStatement _putLabel;
    private readonly SqliteStatement _renumber;
    private readonly SqliteStatement _settle;
    private readonly RecomputationTables _recomputation;

    public ClerkState(SqliteConnection writer, RecomputationTables recomputation)
    {
        _recomputation = recomputation;
        _statements = new StatementSet(writer);
        _addAlert = _statements.Prepare("INSERT INTO alert VALUES ($1) ON CONFLICT DO NOTHING");
        _addLead = _statements.Prepare("INSERT INTO lead VALUES ($1, $2) ON CONFLICT DO NOTHING");
        _addNamed = _statements.Prepare("INSERT INTO named VALUES ($1, $2) ON CONFLICT DO NOTHING");
        _addCase = _statements.Prepare("""
            INSERT INTO case_file VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
                ifnull((SELECT alert_id FROM lead WHERE lead_id = $9), ''))
            ON CONFLICT DO NOTHING
            """);
        _addOfficer = _statements.Prepare("INSERT INTO case_officer VALUES ($1, $2) ON CONFLICT DO NOTHING");
        _addManifest = _statements.Prepare("""
            INSERT INTO manifest VALUES ($1, $2, $3,
                ifnull((SELECT number_key FROM label WHERE payload_sha256 = $2 AND is_case = 1), $3), $4, $5, $6, $7, $8, $9)
            ON CONFLICT DO NOTHING
            """);
        _putLabel = _statements.Prepare("INSERT OR REPLACE INTO label VALUES ($1, $2, $3)");
        _renumber = _statements.Prepare("""
            UPDATE manifest SET number_key = CASE WHEN $2 THEN $3 ELSE typed_key END WHERE payload_sha256 = $1
            """);
        _settle = _statements.Prepare("INSERT INTO settled VALUES ($1, $2) ON CONFLICT DO NOTHING");
    }

    /// <summary>An entry of the field or of a person. The clerk's own are folded when they are decided.</summary>
    public void Fold(ProjectedEntry entry)
    {
        if (entry.Leaf.Origin == LeafOrigin.Clerk || entry.Record is not { } record)
            return;
        switch (record)
        {
            case { FieldAlert: { } alert }:
                foreach (Google.Protobuf.ByteString hash in alert.MediaManifestSha256)
                    _addNamed.Run(hash.Memory, alert.EpisodeId);
                break;
            case { MediaManifest: { } manifest }:
                AddManifest(entry, manifest);
                break;
            case { MediaLabel: { } label }:
                bool isCase = label.LabelKind == "case";
                string key = isCase ? CaseNumber.KeyOf(label.Number) : "";
                _putLabel.Run(label.ManifestSha256.Memory, isCase, key);
                _renumber.Run(label.ManifestSha256.Memory, isCase, key);
                break;
            case { LeadRegistered: { } lead }:
                _addLead.Run(lead.LeadId, lead.AlertId);
                break;
            case { CaseOpened: { } opened }:
                AddCase(opened);
                break;
            case { MediaAttached: { } attached }:
                _settle.Run(attached.CaseId, attached.ManifestIndex);
                break;
            case { MediaDetached: { } detached }:
                _settle.Run(detached.CaseId, detached.ManifestIndex);
                break;
            case { RuleSetActivated: { } activated, Identity: { RecordClass: RecordClass.P0 } identity }: // numbered with the alerts
                _recomputation.Activated(entry.Index, identity, activated);
                break;
        }
    }

    /// <summary>A fact of the clerk: just decided, or found in the ledger by recovery.</summary>
    public void FoldFact(Record fact)
    {
        if (fact.AlertOpened is { } opened)
            _addAlert.Run(opened.AlertId);
        else if (fact.MediaAttached is { } attached)
            _settle.Run(attached.CaseId, attached.ManifestIndex);
        else if (fact.AlertRecomputed is { } recomputed)
            _recomputation.Fold(recomputed);
    }

    public void Dispose() => _statements.Dispose();

    private void AddManifest(ProjectedEntry entry, MediaManifest manifest)
    {
        TimeSpanMicros? capture = CaptureTime.Of(manifest);
        _addManifest.Run(entry.Index, entry.PayloadSha256, CaseNumber.KeyOf(manifest.CaseNumber), manifest.Officer,
            capture?.Start, capture?.End, manifest.Capture?.ClockImplausible ?? false, manifest.Position?.Latitude,
            manifest.Position?.Longitude);
    }

    private void AddCase(CaseOpened opened)
    {
        bool byPlace = opened.Position is not null && opened.RadiusM > 0;
        _addCase.Run(opened.CaseId, CaseNumber.KeyOf(opened.Number), string.Join('\n', opened.Officers),
            SqliteColumns.ToMicros(opened.WindowStart), SqliteColumns.ToMicros(opened.WindowEnd),
            byPlace ? opened.Position?.Latitude : null, byPlace ? opened.Position?.Longitude : null, opened.RadiusM,
            opened.LeadId);
        foreach (string officer in opened.Officers)
            _addOfficer.Run(officer, opened.CaseId);
    }
}
