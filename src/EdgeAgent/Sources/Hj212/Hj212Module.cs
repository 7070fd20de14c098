using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Sampling;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

internal static class Hj212Module
{
    public static IServiceCollection AddHj212(this IServiceCollection services)
    {
        services.AddOptions<Hj212Options>().BindConfiguration(Hj212Options.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<Hj212Options>, Hj212OptionsValidator>();
        services.AddSingleton<IValidateOptions<Hj212Options>, Hj212OptionsRules>();
        services.AddSingleton<StationDirectory>();
        services.AddSingleton<Hj212Store>();
        services.AddSingleton<Hj212Metrics>();
        services.AddSingleton(s => new Hj212Parts(
            s.GetRequiredService<IOptions<Hj212Options>>().Value, s.GetRequiredService<StationDirectory>(), s.GetRequiredService<Hj212Store>(),
            s.GetRequiredService<Hj212Metrics>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<Hj212Pump>>()));
        services.AddSingleton<Hj212Pump>();
        services.AddSingleton<IAgentLoop>(s => s.GetRequiredService<Hj212Pump>());
        services.AddSingleton<StationCommands>();
        services.AddSingleton<OutletStatus>();
        services.AddSingleton<CoverageBook>();
        services.AddSingleton<IAgentLoop, GapPump>();
        services.AddSingleton<SampleBook>();
        services.AddSingleton<IAgentLoop, SamplePump>();
        return services;
    }
}
