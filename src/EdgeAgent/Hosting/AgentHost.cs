using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;
using EdgeEnforcement.EdgeAgent.Uplink;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// The agent as a host: options, parts, loops, and the endpoint on loopback.
internal static class AgentHost
{
    public static WebApplication Build(IConfiguration configuration, TimeProvider time, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "edge-agent" });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.ClearProviders();
        logging(builder.Logging);

        builder.Services.AddSingleton(time);
        builder.Services.AddMetrics();
        builder.Services.AddAgentOptions().AddStation().AddDock().AddHj212().AddDetection().AddUplink().AddDiagnostics();
        builder.Services.AddSingleton<StationStartup>();
        builder.Services.AddSingleton<AgentRuntime>();
        // First: when the endpoint answers, the station is open.
        builder.Services.AddHostedService(s => s.GetRequiredService<AgentRuntime>());
        builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false);
        builder.WebHost.UseUrls(configuration[$"{StatusOptions.Section}:{nameof(StatusOptions.Listen)}"] ?? new StatusOptions().Listen);

        var app = builder.Build();
        // Before anything is made out of them: the first part that asks for its options would show only its own class's failures.
        app.Services.GetService<IStartupValidator>()?.Validate();
        app.MapLocalEndpoint();
        return app;
    }
}
