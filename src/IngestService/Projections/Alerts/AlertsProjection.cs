using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>Alerts, their states and versions, and the leads made of them.</summary>
internal sealed class AlertsProjection : IProjection
{
    public string Name => "alerts";

    public int SchemaVersion => 7;

    public string Schema { get; } = EmbeddedSchema.Read("alerts.sql");

    public bool Wants(Record.BodyOneofCase type) => type is Record.BodyOneofCase.AlertOpened or Record.BodyOneofCase.AlertUpdated
        or Record.BodyOneofCase.AlertAcknowledged or Record.BodyOneofCase.AlertClosed or Record.BodyOneofCase.AlertReopened
        or Record.BodyOneofCase.LeadRegistered or Record.BodyOneofCase.CaseOpened or Record.BodyOneofCase.AlertRecomputed
        or Record.BodyOneofCase.AlertOverdue or Record.BodyOneofCase.AlertSampled or Record.BodyOneofCase.ProcedureRulesActivated;

    public bool WantsLeaf(Leaf leaf) => false;

    public IProjectionTables Open(SqliteConnection writer) => new AlertTables(writer);
}
