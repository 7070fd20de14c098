using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Diagnostics;
using EdgeEnforcement.IngestService.Door;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.SegmentLog;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.IngestService.Tests.Door;

/// <summary>The doors on real sockets of loopback, over a ledger double and a disk of the test's choice.</summary>
internal sealed class DoorHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DoorHost(WebApplication app, LedgerDouble ledger, string grpcAddress, string httpAddress)
    {
        _app = app;
        Ledger = ledger;
        Channel = GrpcChannel.ForAddress(grpcAddress, new GrpcChannelOptions { MaxSendMessageSize = null });
        Http = new HttpClient { BaseAddress = new Uri(httpAddress) };
    }

    public LedgerDouble Ledger { get; }

    public GrpcChannel Channel { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<DoorHost> StartAsync(
        LedgerDouble? ledger = null, IFileSystem? files = null, string mediaDirectory = "/media", Dictionary<string, string?>? settings = null)
    {
        ledger ??= new LedgerDouble();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Media:Directory"] = mediaDirectory, ["Media:ReserveBytes"] = "0" });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(files ?? new Testing.ShadowFileSystem());
        builder.Services.AddSingleton<ILedgerAppender>(ledger);
        builder.Services.AddSingleton<ILedgerReader>(ledger);
        builder.Services.AddSingleton<ILedgerProofs>(ledger);
        builder.Services.AddSingleton<IProducerMarks>(ledger);
        builder.Services.AddSingleton<IFactAppender>(ledger);
        builder.Services.AddSingleton<IProducerKeys>(ledger);
        builder.Services.AddMedia();
        builder.Services.AddDoor();
        builder.Services.AddIngestDiagnostics();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAtDoor(new DoorOptions { GrpcPort = 0, HttpPort = 0 }));
        var app = builder.Build();
        app.MapDoor();
        await app.Services.GetRequiredService<MediaStore>().StartAsync(CancellationToken.None);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        return new DoorHost(app, ledger, addresses[0], addresses[1]);
    }

    public async Task<Producer> RegisterAsync(string name)
    {
        var key = SigningKey.Create();
        var client = new Contracts.V1.Enrolment.EnrolmentClient(Channel);
        await client.RegisterAsync(Producer.Registration(name, key));
        return new Producer(name, key);
    }

    public Task<ReportClient> ReportAsync(string producer) => ReportClient.OpenAsync(Channel, producer, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Channel.Dispose();
        Ledger.Release();
        await _app.DisposeAsync();
    }
}
