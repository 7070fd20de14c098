using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Erasures;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>All projections of this program, for who works on their files without a running service.</summary>
internal static class ProjectionList
{
    public static IReadOnlyList<IProjection> All(string dataDirectory)
    {
        using SqliteFile readings = FileOf(dataDirectory, new ReadingsProjection());
        return
        [
            new FleetProjection(new ProducerKeys()), new MediaProjection(), new AlertsProjection(), new CaseBoardProjection(),
            new ErasuresProjection(), new ProcedureProjection(), new RegistersProjection(new RegisterBooks(), new PartyNumberKey(dataDirectory)), ReadingsProjection.For(readings),
        ];
    }

    public static IReadOnlyList<string> Names { get; } = ["fleet", "media", "alerts", "caseboard", "erasures", "procedure", "registers", "readings"];

    public static string PathOf(string dataDirectory, IProjection projection) =>
        Path.Combine(dataDirectory, "projections", projection.Name + ".db");

    public static SqliteFile FileOf(string dataDirectory, IProjection projection) => new(PathOf(dataDirectory, projection));
}
