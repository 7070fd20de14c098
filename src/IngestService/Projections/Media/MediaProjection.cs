using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Media;

/// <summary>Manifests, what became of their bytes, custody, labels, and the cases they are attached to.</summary>
internal sealed class MediaProjection : IProjection
{
    public string Name => "media";

    public int SchemaVersion => 3;

    public string Schema { get; } = EmbeddedSchema.Read("media.sql");

    public bool Wants(Record.BodyOneofCase type) => type is Record.BodyOneofCase.MediaManifest or Record.BodyOneofCase.MediaLabel
        or Record.BodyOneofCase.CustodyEvent or Record.BodyOneofCase.MediaStored or Record.BodyOneofCase.MediaQuarantined
        or Record.BodyOneofCase.MediaAttached or Record.BodyOneofCase.MediaDetached or Record.BodyOneofCase.Erased;

    public bool WantsLeaf(Leaf leaf) => false;

    public IProjectionTables Open(SqliteConnection writer) => new MediaTables(writer);
}
