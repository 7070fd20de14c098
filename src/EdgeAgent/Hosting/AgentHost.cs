using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;
using EdgeEnforcement.EdgeAgent.Uplink;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// The agent as a host: options, parts, loops, and the endpoint on loopback.
internal static class AgentHost
{
    /// <param name="configuration">The whole: file, version, environment, command line.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logging">Where log lines go.</param>
    /// <param name="addMore">What only a runner adds.</param>
    public static WebApplication Build(
        IConfiguration configuration, TimeProvider time, Action<ILoggingBuilder> logging, Action<IServiceCollection>? addMore = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "edge-agent" });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.ClearProviders();
        logging(builder.Logging);

        builder.Services.AddSingleton(time);
        builder.Services.AddMetrics();
        AddParts(builder.Services);
        builder.Services.AddSingleton<StationStartup>();
        builder.Services.AddSingleton<AgentRuntime>();
        addMore?.Invoke(builder.Services);
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

    /// Everything that is wrong with a configuration, by every options validator there is; nothing is opened.
    public static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        var services = new ServiceCollection().AddSingleton(configuration);
        AddParts(services);
        using var parts = services.BuildServiceProvider();
        try
        {
            parts.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (Exception e) when (FaultsOf(e) is { } faults)
        {
            return faults;
        }
    }

    /// Null: it is about something else than options.
    public static IReadOnlyList<string>? FaultsOf(Exception exception) => exception switch
    {
        OptionsValidationException one => [.. one.Failures],
        AggregateException many when many.InnerExceptions.All(i => i is OptionsValidationException) =>
            [.. many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(i => i.Failures)],
        // The binder's: a value that is none of its type.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } binder => [binder.Message],
        _ => null,
    };

    private static void AddParts(IServiceCollection services) => services
        .AddAgentOptions().AddRemoteConfigurationOptions().AddStation().AddDock().AddHj212().AddDetection().AddUplink().AddDiagnostics();
}
