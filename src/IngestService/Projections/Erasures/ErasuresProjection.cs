using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Erasures;

/// <summary>Lawful deletions: what was asked, who approved, what became of it. None of its entries can be erased.</summary>
internal sealed class ErasuresProjection : IProjection
{
    public string Name => "erasures";

    public int SchemaVersion => 2;

    public string Schema { get; } = EmbeddedSchema.Read("erasures.sql");

    public bool Wants(Record.BodyOneofCase type) => type is >= Record.BodyOneofCase.ErasureRequested and <= Record.BodyOneofCase.Erased;

    public bool WantsLeaf(Leaf leaf) => false;

    public IProjectionTables Open(SqliteConnection writer) => new ErasureTables(writer);
}
