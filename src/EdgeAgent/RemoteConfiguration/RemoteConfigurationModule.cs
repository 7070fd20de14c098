using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

internal static class RemoteConfigurationModule
{
    public static IServiceCollection AddRemoteConfigurationOptions(this IServiceCollection services)
    {
        services.AddOptions<RemoteConfigurationOptions>().BindConfiguration(RemoteConfigurationOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RemoteConfigurationOptions>, RemoteConfigurationOptionsValidator>();
        return services;
    }

    /// The loop, for a host that a runner makes: only he can start it again with another version.
    public static IServiceCollection AddRemoteConfiguration(this IServiceCollection services, ConfigurationStore store, ConfigurationLayers layers)
    {
        services.AddSingleton(store);
        services.AddSingleton(layers);
        services.AddSingleton(s => new ConfigurationChoice(
            store, layers, () => s.GetRequiredService<PinnedLedger>().Current, s.GetRequiredService<IOptions<AgentOptions>>().Value.Producer));
        services.AddSingleton(s => new ConfigurationReporter(
            store, s.GetRequiredService<AgentSpool>(), s.GetRequiredService<IOptions<AgentOptions>>().Value.Producer));
        services.AddSingleton<AgentRestart>();
        services.AddSingleton<ConfigurationFetch>();
        services.AddSingleton<ConfigurationPump.Context>();
        services.AddSingleton<IAgentLoop, ConfigurationPump>();
        return services;
    }
}
