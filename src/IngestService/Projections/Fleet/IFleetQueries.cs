using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

internal interface IFleetQueries
{
    IReadOnlyList<FleetRow> List();
}
