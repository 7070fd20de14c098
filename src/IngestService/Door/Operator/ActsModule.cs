namespace EdgeEnforcement.IngestService.Door.Operator;

internal static class ActsModule
{
    public static IServiceCollection AddActs(this IServiceCollection services) => services
        .AddSingleton<IActorIdentity, LoopbackActorIdentity>().AddSingleton<ActsDoor>().AddSingleton<RegisterActsDoor>()
        .AddSingleton<ProcedureActsDoor>().AddSingleton<InspectionActsDoor>();

    public static IEndpointRouteBuilder MapActs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<ActsDoor>();
        endpoints.MapGrpcService<RegisterActsDoor>();
        endpoints.MapGrpcService<ProcedureActsDoor>();
        endpoints.MapGrpcService<InspectionActsDoor>();
        return endpoints;
    }
}
