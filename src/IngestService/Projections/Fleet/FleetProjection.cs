using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>Producers: keys, marks, gaps, conflicts, the last status of their bays. And which devices are connected.</summary>
internal sealed class FleetProjection(ProducerKeys keys) : IProjection
{
    public string Name => "fleet";

    public int SchemaVersion => 5;

    public string Schema { get; } = EmbeddedSchema.Read("fleet.sql");

    public bool Wants(Record.BodyOneofCase type) => type is Record.BodyOneofCase.AgentStatus
        or Record.BodyOneofCase.EpochStart or Record.BodyOneofCase.GapCertificate or Record.BodyOneofCase.ProducerRegistered
        or Record.BodyOneofCase.DevicePresence or Record.BodyOneofCase.AgentConfigurationReport;

    /// <summary>Every record of a producer is counted.</summary>
    public bool WantsLeaf(Leaf leaf) => leaf.Origin == LeafOrigin.Producer;

    public IProjectionTables Open(SqliteConnection writer) => new FleetTables(writer, keys);
}
