using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

/// <summary>Cases with their evidence and versions, and the timelines of alerts, cases and media.</summary>
internal sealed class CaseBoardProjection : IProjection
{
    public string Name => "caseboard";

    public int SchemaVersion => 4;

    public string Schema { get; } = EmbeddedSchema.Read("caseboard.sql");

    public bool Wants(Record.BodyOneofCase type) => type is Record.BodyOneofCase.MediaManifest or Record.BodyOneofCase.MediaLabel
        or (>= Record.BodyOneofCase.MediaStored and <= Record.BodyOneofCase.MediaQuarantined)
        or (>= Record.BodyOneofCase.AlertOpened and <= Record.BodyOneofCase.EvidenceChecked) or Record.BodyOneofCase.Erased
        or Record.BodyOneofCase.AlertRecomputed or Record.BodyOneofCase.AlertOverdue or Record.BodyOneofCase.AlertSampled;

    public bool WantsLeaf(Leaf leaf) => false;

    public IProjectionTables Open(SqliteConnection writer) => new CaseBoardTables(writer);
}
