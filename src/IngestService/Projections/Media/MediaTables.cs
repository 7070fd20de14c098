using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Media;

internal sealed class MediaTables : IProjectionTables
{
    private readonly ManifestTable _manifests;
    private readonly CustodyTable _custody;
    private readonly StatementSet _statements;
    private readonly SqliteStatement _addLabel;
    private readonly SqliteStatement _attach;
    private readonly SqliteStatement _detach;
    private readonly SqliteStatement _explain;

    public MediaTables(SqliteConnection writer)
    {
        _manifests = new ManifestTable(writer);
        _custody = new CustodyTable(writer);
        _statements = new StatementSet(writer);
        _addLabel = _statements.Prepare("INSERT OR REPLACE INTO label VALUES ($1, $2, $3, $4, $5, $6)");
        // Attached twice (by the clerk and a person at once): the first holds.
        _attach = _statements.Prepare("INSERT INTO attachment VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        _detach = _statements.Prepare("DELETE FROM attachment WHERE manifest_index = $1 AND case_id = $2");
        _explain = _statements.Prepare("INSERT INTO explained VALUES ($1) ON CONFLICT DO NOTHING");
    }

    public void Apply(ProjectedEntry entry)
    {
        if (entry.IsErased)
            _manifests.AddErased(entry);
        switch (entry.Record)
        {
            case { MediaManifest: { } manifest }:
                _manifests.Add(entry, manifest, _custody.CurrentDocking(entry.Leaf.Producer, manifest.Recorder));
                break;
            case { CustodyEvent: { } custody }:
                _custody.Add(entry, custody);
                break;
            case { MediaLabel: { } label }:
                _addLabel.Run(entry.Index, label.ManifestSha256.Memory, label.Officer, label.LabelKind, label.Number, label.Remark);
                break;
            case { MediaStored: { } stored }:
                _manifests.Stored(stored, entry.Index);
                break;
            case { MediaQuarantined: { } quarantined }:
                _manifests.Quarantined(quarantined);
                break;
            case { MediaAttached: { } attached }:
                _attach.Run(attached.ManifestIndex, attached.CaseId, entry.Index);
                break;
            case { MediaDetached: { } detached }:
                _detach.Run(detached.ManifestIndex, detached.CaseId);
                break;
            case { Erased: { } erased }:
                foreach (ulong remaining in erased.Remaining)
                    _explain.Run(remaining);
                break;
        }
    }

    public void EndBatch()
    {
        // Every row is written as it comes.
    }

    public void Dispose()
    {
        _manifests.Dispose();
        _custody.Dispose();
        _statements.Dispose();
    }
}
