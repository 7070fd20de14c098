using System.Net;
using EdgeEnforcement.GrpcTests.Protos;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.GrpcTests;

/// <summary>The echo service on a real socket, and a channel to it.</summary>
public sealed class EchoHost : IAsyncDisposable
{
    /// <summary>How long a test waits for something that must happen; only a failing test ever waits so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly List<IDisposable> _clients = [];

    private EchoHost(WebApplication app, EchoProbe probe, LogRecorder log)
    {
        _app = app;
        Probe = probe;
        Log = log;
        Address = new Uri(app.Urls.First());
        Channel = Connect();
        Client = new Echo.EchoClient(Channel);
    }

    public EchoProbe Probe { get; }

    public LogRecorder Log { get; }

    public Uri Address { get; }

    public GrpcChannel Channel { get; }

    public Echo.EchoClient Client { get; }

    public static async Task<EchoHost> StartAsync(
        Action<GrpcServiceOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        HttpProtocols protocols = HttpProtocols.Http2)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var probe = new EchoProbe();
        var log = new LogRecorder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddSingleton(probe);
        builder.Services.AddGrpc(configure ?? (_ => { }));
        build?.Invoke(builder);
        var app = builder.Build();
        app.MapGrpcService<EchoService>();
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new EchoHost(app, probe, log);
    }

    public GrpcChannel Connect(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure };
        configure?.Invoke(options);
        var channel = GrpcChannel.ForAddress(Address, options);
        _clients.Add(channel);
        return channel;
    }

    /// <summary>A client of HTTP/2 that knows nothing of gRPC's rules.</summary>
    public HttpClient Raw(Version? version = null)
    {
        var client = new HttpClient
        {
            BaseAddress = Address,
            DefaultRequestVersion = version ?? HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        _clients.Add(client);
        return client;
    }

    /// <summary>Stops as a host does that is told to: calls may end.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Stops without waiting for calls.</summary>
    public Task AbortAsync() => _app.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
