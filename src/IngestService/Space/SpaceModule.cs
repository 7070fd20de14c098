using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Space;

internal static class SpaceModule
{
    /// <summary>Needs the options of hosting and media and the ledger's faces.</summary>
    public static IServiceCollection AddSpace(this IServiceCollection services)
    {
        services.AddOptions<SpaceOptions>().BindConfiguration(SpaceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SpaceOptions>, SpaceOptionsRules>();
        services.AddSingleton<ServiceSpace>();
        services.AddSingleton<ILedgerRoom>(s => s.GetRequiredService<ServiceSpace>());
        services.AddSingleton<IMediaRoom>(s => s.GetRequiredService<ServiceSpace>());
        services.AddSingleton<SpaceWatch>();
        services.AddSingleton<SpaceMetrics>();
        services.AddSingleton<IStartupStep>(s =>
        {
            // Nobody asks for it: its gauges look at the space by themselves, from the first scrape on.
            s.GetRequiredService<SpaceMetrics>();
            return s.GetRequiredService<SpaceWatch>();
        });
        services.AddSingleton<IHealthProbe, SpaceHealthProbe>();
        return services;
    }
}
