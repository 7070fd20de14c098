namespace EdgeEnforcement.IngestService.Door.Operator;

internal static class ActsModule
{
    public static IServiceCollection AddActs(this IServiceCollection services) => services.AddSingleton<ActsDoor>();

    public static IEndpointRouteBuilder MapActs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<ActsDoor>();
        return endpoints;
    }
}
