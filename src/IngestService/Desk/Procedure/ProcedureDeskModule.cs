using EdgeEnforcement.IngestService.Desk.Documents;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Desk.Procedure;

internal static class ProcedureDeskModule
{
    public static IServiceCollection AddProcedureDesk(this IServiceCollection services)
    {
        services.AddOptions<PrintOptions>().BindConfiguration(PrintOptions.Section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<PrintOptions>, PrintOptionsValidator>().AddSingleton<DocumentPrinter>().AddSingleton<DocumentQuery>()
            .AddSingleton<ProcedureQuery>().AddSingleton<WorkQuery>().AddSingleton<SuggestionQuery>().AddSingleton<ProcedureDeskRpc>();
    }
}
