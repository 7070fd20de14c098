namespace EdgeEnforcement.IngestService.Desk.Procedure;

internal static class ProcedureDeskModule
{
    public static IServiceCollection AddProcedureDesk(this IServiceCollection services) => services
        .AddSingleton<ProcedureQuery>().AddSingleton<WorkQuery>().AddSingleton<ProcedureDeskRpc>();
}
