using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Registers;

/// <summary>Registers: the versions of every subject, events that suspend devices, and by what parties are found. The guards' part is in memory too.</summary>
/// <param name="books">Where the guards' part goes.</param>
/// <param name="key">Read or made when the file is opened.</param>
internal sealed class RegistersProjection(RegisterBooks books, PartyNumberKey key) : IProjection
{
    public string Name => "registers";

    public int SchemaVersion => 1;

    public string Schema { get; } = EmbeddedSchema.Read("registers.sql");

    public bool Wants(Record.BodyOneofCase type) => type is Record.BodyOneofCase.RegisterChanged or Record.BodyOneofCase.RegisterImportPart
        or Record.BodyOneofCase.RegisterImported or Record.BodyOneofCase.ObjectRegisterChanged or Record.BodyOneofCase.DeviceEvent
        or Record.BodyOneofCase.FieldAlert;

    public bool WantsLeaf(Leaf leaf) => false;

    public IProjectionTables Open(SqliteConnection writer) => new RegisterTables(writer, books, key);
}
