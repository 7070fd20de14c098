using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

/// <summary>The service's gRPC face on a real loopback socket.</summary>
internal sealed class FakeCentre : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeCentre(WebApplication app) => _app = app;

    public FakeLedger Ledger => _app.Services.GetRequiredService<FakeLedger>();

    public FakeAnswers Answers => _app.Services.GetRequiredService<FakeAnswers>();

    public FakeCentreFaults Faults => _app.Services.GetRequiredService<FakeCentreFaults>();

    public FakeVault.Shelf Shelf => _app.Services.GetRequiredService<FakeVault.Shelf>();

    public string Address => _app.Urls.First();

    public static async Task<FakeCentre> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<FakeLedger>().AddSingleton<FakeCentreFaults>().AddSingleton<FakeAnswers>().AddSingleton<FakeVault.Shelf>();
        builder.Services.AddGrpc(o => o.MaxReceiveMessageSize = 8 << 20);
        var app = builder.Build();
        app.MapGrpcService<FakeReport>();
        app.MapGrpcService<FakeEnrolment>();
        app.MapGrpcService<FakeProofs>();
        app.MapGrpcService<FakeVault>();
        app.MapGrpcService<FakeConfigurations>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new FakeCentre(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(hurry.Token);
        await _app.DisposeAsync();
    }
}
