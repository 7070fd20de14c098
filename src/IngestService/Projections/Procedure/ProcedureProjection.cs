using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>The lawful process: cases as their acts fold, worklists, clocks, numbers, rules; inspection tasks.</summary>
internal sealed class ProcedureProjection : IProjection
{
    public string Name => "procedure";

    public int SchemaVersion => 4;

    public string Schema { get; } =
        EmbeddedSchema.Read("procedure.sql") + EmbeddedSchema.Read("procedure_clocks.sql") + EmbeddedSchema.Read("procedure_numbers.sql")
        + EmbeddedSchema.Read("procedure_inspections.sql");

    public bool Wants(Record.BodyOneofCase type) => type is Record.BodyOneofCase.MediaManifest or Record.BodyOneofCase.MediaStored
        or Record.BodyOneofCase.MediaAttached or Record.BodyOneofCase.MediaDetached or Record.BodyOneofCase.CaseOpened or Record.BodyOneofCase.EvidenceChecked or Record.BodyOneofCase.Erased
        or (>= Record.BodyOneofCase.ProcedureActed and <= Record.BodyOneofCase.InspectionActed);

    public bool WantsLeaf(Leaf leaf) => false;

    public IProjectionTables Open(SqliteConnection writer) => new ProcedureTables(writer);
}
