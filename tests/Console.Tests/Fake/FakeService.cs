using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

/// <summary>The service's two listeners on real sockets. It can be stopped and started again on the same ports.</summary>
internal sealed class FakeService(FakeWorld world) : IAsyncDisposable
{
    private WebApplication? _app;

    public int GrpcPort { get; private set; }

    public int HttpPort { get; private set; }

    public async Task StartAsync()
    {
        // The same ports again after a stop: for a moment another connection of the machine may sit on one of them.
        for (var left = 100; ; left--)
        {
            try
            {
                await BindAsync();
                return;
            }
            catch (IOException) when (GrpcPort != 0 && left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }
    }

    private async Task BindAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, GrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, HttpPort, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddSingleton(world);
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<FakeDesk>();
        app.MapGrpcService<FakeActs>();
        app.MapGrpcService<FakeLedger>();
        app.MapGet("/media/{index}", (ulong index) => Media(index));
        try
        {
            await app.StartAsync();
        }
        catch (IOException)
        {
            await app.DisposeAsync();
            throw;
        }
        var ports = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port).ToArray();
        (GrpcPort, HttpPort) = (ports[0], ports[1]);
        _app = app;
    }

    public async Task StopAsync()
    {
        if (_app is null)
            return;
        using var hurry = new CancellationTokenSource(TimeSpan.FromMilliseconds(200)); // feeds never end by themselves
        await _app.StopAsync(hurry.Token);
        await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private IResult Media(ulong index)
    {
        lock (world.Gate)
        {
            return world.Files.TryGetValue(index, out var content)
                ? Results.File(content, world.Media[index].Row.Kind switch
                {
                    Contracts.V1.MediaKind.Photo => "image/jpeg",
                    Contracts.V1.MediaKind.Audio => "audio/mp4",
                    _ => "video/mp4",
                }, enableRangeProcessing: true, entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"m{index}\""))
                : Results.NotFound();
        }
    }
}
