namespace EdgeEnforcement.IngestService.Desk.Registers;

internal static class RegisterDeskModule
{
    public static IServiceCollection AddRegisterDesk(this IServiceCollection services) => services
        .AddSingleton<RegisterView>().AddSingleton<RegisterListQuery>().AddSingleton<RegisterGuardQuery>().AddSingleton<RegisterObjectQuery>()
        .AddSingleton<RegisterTakerQuery>().AddSingleton<RegisterDeskRpc>();
}
