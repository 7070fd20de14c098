using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Space;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// Registers the parts. Nothing here opens anything: AgentRuntime does, in order.
internal static class AgentModule
{
    public static IServiceCollection AddAgentOptions(this IServiceCollection services)
    {
        services.AddOptions<AgentOptions>().BindConfiguration(AgentOptions.Section).ValidateOnStart();
        services.AddOptions<SpaceOptions>().BindConfiguration(SpaceOptions.Section).ValidateOnStart();
        services.AddOptions<DockOptions>().BindConfiguration(DockOptions.Section).ValidateOnStart();
        services.AddOptions<StatusOptions>().BindConfiguration(StatusOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsValidator>();
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsRules>();
        services.AddSingleton<IValidateOptions<SpaceOptions>, SpaceOptionsValidator>();
        services.AddSingleton<IValidateOptions<DockOptions>, DockOptionsValidator>();
        services.AddSingleton<IValidateOptions<DockOptions>, AgentOptionsRules>();
        services.AddSingleton<IValidateOptions<StatusOptions>, StatusOptionsValidator>();
        return services;
    }

    public static IServiceCollection AddStation(this IServiceCollection services)
    {
        services.AddSingleton<IFileSystem, PhysicalFileSystem>();
        services.AddSingleton(s => new AgentPaths(s.GetRequiredService<IOptions<AgentOptions>>().Value.DataDirectory));
        services.AddSingleton<StationLock>();
        services.AddSingleton<ProducerKey>();
        services.AddSingleton<StationAlarms>();
        services.AddSingleton<AgentMetrics>();
        services.AddSingleton(s => new AgentSpool(
            s.GetRequiredService<IFileSystem>(), s.GetRequiredService<AgentPaths>(), s.GetRequiredService<ProducerKey>(),
            s.GetRequiredService<IOptions<AgentOptions>>().Value, s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<AgentSpool>>()) { WhyNot = s.GetRequiredService<StationSpace>().WhyNot });
        services.AddSingleton<ReceiptStore>();
        services.AddSingleton<PinnedLedger>();
        services.AddSingleton<ConfigurationStore>();
        services.AddSingleton<MediaCatalog>();
        services.AddSingleton<SeenFiles>();
        services.AddSingleton<StationStore>();
        services.AddSingleton<StationSpace>();
        services.AddSingleton<CustodyRecorder>();
        return services;
    }

    public static IServiceCollection AddDock(this IServiceCollection services)
    {
        services.AddSingleton<DockedSerials>();
        services.AddSingleton(s => RecordingNameParser.Load(s.GetRequiredService<IOptions<DockOptions>>().Value.NamingProfiles));
        services.AddSingleton<DockToolsFactory>();
        services.AddSingleton(s => s.GetRequiredService<DockToolsFactory>().Intake());
        services.AddSingleton(s => new DockPump(s.GetRequiredService<DockToolsFactory>().Tools()));
        services.AddSingleton<IAgentLoop>(s => s.GetRequiredService<DockPump>());
        return services;
    }
}
