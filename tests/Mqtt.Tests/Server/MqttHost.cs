using System.Net;
using EdgeEnforcement.Mqtt.Server;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Mqtt.Tests.Sessions;
using EdgeEnforcement.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.Mqtt.Tests.Server;

/// The server on a real socket, over a real broker on a disk in memory, with a clock that stands and a heart that the test beats.
internal sealed class MqttHost : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private WebApplication? _app;
    private Broker? _broker;

    public ShadowFileSystem Disk { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public IntakeDouble Intake { get; } = new();

    public CountingMeters Meters { get; } = new();

    public MqttServer Server { get; private set; } = null!; // started in StartAsync

    public Broker Broker => _broker!; // as above

    public int Port { get; private set; }

    public static async Task<MqttHost> StartAsync(Action<MqttServerOptions>? configure = null, Action<ListenOptions>? listen = null)
    {
        var host = new MqttHost();
        var options = new MqttServerOptions();
        configure?.Invoke(options);
        host._broker = Broker.Open(host.Disk, "/sessions", new BrokerOptions { SegmentBytes = 1 << 20 }, new PresenceLog(), new BrokerMetrics(host.Meters), host.Time);
        host.Server = new MqttServer(
            Options.Create(options), new MqttServerFaces(host._broker, new AccessDouble(), host.Intake), new MqttServerMetrics(host.Meters), host.Time,
            NullLogger<MqttServer>.Instance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            listen?.Invoke(listener);
            listener.Run(connection => host.Server.OnConnectedAsync(connection));
        }));
        host._app = builder.Build();
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        var address = host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        host.Port = new Uri(address).Port;
        return host;
    }

    public Task<RawClient> OpenAsync(int? receiveBuffer = null) => RawClient.OpenAsync(Port, receiveBuffer: receiveBuffer);

    public async Task<RawClient> ConnectAsync(
        string clientId, MqttVersion version = MqttVersion.V5, bool clean = true, ushort keepAlive = 0, byte[]? properties = null)
    {
        var client = await OpenAsync();
        Assert.Equal(0, (await client.ConnectAsync(clientId, version, clean, keepAlive, properties)).Body[1]);
        return client;
    }

    public async Task BeatAsync(TimeSpan after)
    {
        Time.Advance(after);
        await Server.TickAsync();
    }

    /// Beats until the condition holds.
    public async Task BeatUntilAsync(Func<bool> condition, TimeSpan step)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await BeatAsync(step);
        }
    }

    public static async Task WaitAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Intake.ReleaseAll();
        if (_app is not null)
        {
            var stopping = Server.StopAsync();
            // Who waits for a client that does not close is ended by the heart.
            while (!stopping.IsCompleted)
            {
                await BeatAsync(MqttServer.Beat);
                await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
            }
            await stopping;
            await _app.DisposeAsync();
        }
        if (_broker is not null)
            await _broker.DisposeAsync();
        Meters.Dispose();
    }
}
