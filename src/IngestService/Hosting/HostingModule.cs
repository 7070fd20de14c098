using EdgeEnforcement.IngestService.Door;
using EdgeEnforcement.IngestService.Door.Mqtt;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Hosting;

internal static class HostingModule
{
    /// <summary>Defaults, then the configuration file, then environment variables EE_..., then the command line.</summary>
    public static WebApplicationBuilder CreateBuilder(HostArguments arguments, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(HostingModule).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        if (arguments.ConfigFile is { } file)
            builder.Configuration.AddJsonFile(Path.GetFullPath(file), optional: false);
        builder.Configuration.AddEnvironmentVariables("EE_");
        builder.Configuration.AddInMemoryCollection(arguments.AsConfiguration());
        AddHosting(builder, time);
        return builder;
    }

    /// <summary>All options are checked before anything is mapped, opened or bound: one run names every failure.</summary>
    public static WebApplication BuildChecked(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        return app;
    }

    /// <summary>For modules that register files below it; that it was given is checked with all other options.</summary>
    public static string DataDirectory(this WebApplicationBuilder builder) =>
        builder.Configuration[HostingOptions.Section + ":" + nameof(HostingOptions.DataDirectory)] ?? "";

    private static void AddHosting(WebApplicationBuilder builder, TimeProvider time)
    {
        var services = builder.Services;
        services.AddOptions<HostingOptions>().BindConfiguration(HostingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HostingOptions>, HostingOptionsValidator>();
        services.AddSingleton<IValidateOptions<DoorOptions>, PortsDifferRule>();
        services.AddSingleton(time);
        services.AddSingleton<HostFate>();
        services.AddHostedService<StartupSequence>();
        // A person reads a line; a collector reads fields.
        builder.Logging.ClearProviders();
        if (Console.IsOutputRedirected)
            builder.Logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        else
            builder.Logging.AddSimpleConsole(line => (line.SingleLine, line.TimestampFormat) = (true, "HH:mm:ss "));
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // A refused start is told by the command line, in one line and with an exit code.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.ConfigureKestrel(Listen);
        // What a socket brought is taken up on the thread that read it, and written by the one that has something to say: on both ways one change
        // of threads less for every message. No handler of ours blocks for another's answer.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
    }

    private static void Listen(KestrelServerOptions kestrel)
    {
        try
        {
            kestrel.ListenAtDoor(kestrel.ApplicationServices.GetRequiredService<IOptions<DoorOptions>>().Value);
            kestrel.ListenForMqtt(kestrel.ApplicationServices.GetRequiredService<IOptions<MqttDoorOptions>>().Value);
        }
        catch (OptionsValidationException)
        {
            // The server is made while the application is built, before BuildChecked looks at all options together. That names
            // this failure beside the others, and nothing listens until then.
        }
    }
}
