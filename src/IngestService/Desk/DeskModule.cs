using EdgeEnforcement.IngestService.Desk.Feed;
using EdgeEnforcement.IngestService.Desk.Inspections;
using EdgeEnforcement.IngestService.Desk.Procedure;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Desk.Registers;
using EdgeEnforcement.IngestService.Projections.Readings;

namespace EdgeEnforcement.IngestService.Desk;

internal static class DeskModule
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<ProjectedSize>();
        services.AddSingleton<LedgerState>();
        services.AddSingleton<FleetQuery>();
        services.AddSingleton<FieldReports>();
        services.AddSingleton<DutyBoardQuery>();
        services.AddSingleton<AlertQuery>();
        services.AddSingleton<SampleQuery>();
        services.AddSingleton<CaseQuery>();
        services.AddSingleton<MediaQuery>();
        services.AddSingleton<ErasureQuery>();
        services.AddSingleton<ReadingsSize>();
        services.AddSingleton<StationQuery>();
        services.AddSingleton<RuleSetShelf>();
        services.AddSingleton<StationLimits>();
        services.AddSingleton<SeriesQuery>();
        services.AddSingleton<DeskQueries>();
        services.AddSingleton<FeedStream>();
        services.AddSingleton<DeskRpc>();
        services.AddRegisterDesk();
        services.AddProcedureDesk();
        services.AddSingleton<InspectionQuery>();
        services.AddSingleton<InspectionDeskRpc>();
        services.AddSingleton<ConfigurationQuery>();
        services.AddSingleton<AgentConfigurationsRpc>();
        return services;
    }

    public static IEndpointRouteBuilder MapDesk(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<DeskRpc>();
        endpoints.MapGrpcService<RegisterDeskRpc>();
        endpoints.MapGrpcService<ProcedureDeskRpc>();
        endpoints.MapGrpcService<InspectionDeskRpc>();
        endpoints.MapGrpcService<AgentConfigurationsRpc>();
        return endpoints;
    }
}
