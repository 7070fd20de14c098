using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Clerk;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Media;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeEnforcement.IngestService.Tests.Cases;

/// <summary>A started service with what the erasure tests ask of it.</summary>
internal sealed class RunningErasure : IAsyncDisposable
{
    private readonly CancellationToken _cancellation;

    private RunningErasure(WebApplication app, string grpcAddress, string httpAddress, CancellationToken cancellation)
    {
        App = app;
        _cancellation = cancellation;
        Channel = GrpcChannel.ForAddress(grpcAddress);
        Http = new HttpClient { BaseAddress = new Uri(httpAddress) };
    }

    public WebApplication App { get; }

    public GrpcChannel Channel { get; }

    public HttpClient Http { get; }

    public Acts.ActsClient Acts => new(Channel);

    public Contracts.V1.Desk.DeskClient Desk => new(Channel);

    public MediaVault.MediaVaultClient Vault => new(Channel);

    public static async Task<RunningErasure> StartAsync(string data, CancellationToken cancellation, string? configFile = null, TimeProvider? time = null)
    {
        var app = Program.Build(new HostArguments(data, GrpcPort: 0, HttpPort: 0, ConfigFile: configFile, MqttPort: 0), time ?? TimeProvider.System);
        await app.StartAsync(cancellation);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        return new RunningErasure(app, addresses[0], addresses[1], cancellation);
    }

    /// <summary>Returns when the clerk has decided everything there is.</summary>
    public async Task ClerkAsync()
    {
        var clerk = App.Services.GetRequiredService<ClerkPump>();
        var ledger = App.Services.GetRequiredService<ILedgerReader>();
        while (clerk.Cursor.Position < ledger.DurableSize)
            await clerk.Cursor.WaitForAsync(ledger.DurableSize, _cancellation);
        using var standing = await clerk.BeginAsync(_cancellation);
    }

    public async Task<ActAnswer> RequestAsync(params (ulong First, ulong Last)[] ranges)
    {
        var request = new RequestErasureRequest { Actor = ErasureServiceTests.Person("1"), Reason = "保存期满", Article = "数据安全法第二十一条" };
        request.Ranges.AddRange(ranges.Select(range => new EntryRange { First = range.First, Last = range.Last }));
        return await Acts.RequestErasureAsync(request, cancellationToken: _cancellation);
    }

    public async Task<ActAnswer> ApproveAsync(string id, string person, ulong version) => await Acts.ApproveErasureAsync(
        new ApproveErasureRequest { Actor = ErasureServiceTests.Person(person), ErasureId = id, ExpectedVersion = version }, cancellationToken: _cancellation);

    /// <summary>The whole way; the deletion leaf's entry.</summary>
    public async Task<ulong> EraseAsync(params (ulong First, ulong Last)[] ranges)
    {
        var id = (await RequestAsync(ranges)).SubjectId;
        await ApproveAsync(id, "2", 1);
        return (await ApproveAsync(id, "3", 2)).EntryIndex;
    }

    /// <summary>All rows of all tables, the clerk's too.</summary>
    public async Task<string> DumpAsync(ulong atLeast)
    {
        var projections = App.Services.GetRequiredService<ProjectionSet>();
        await projections.WaitForAsync(Math.Max(atLeast, App.Services.GetRequiredService<ILedgerReader>().DurableSize), _cancellation);
        using var clerk = new SqliteFile(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(projections.Fleet.File.Path))!, "clerk.db"));
        return string.Join('\n', new[] { projections.Fleet.File, projections.Media.File, projections.Alerts.File, projections.CaseBoard.File, projections.Erasures.File, projections.Registers.File, clerk }
            .Select(DeskHost.DumpFile));
    }

    public async Task UploadAsync(ulong manifestIndex, byte[] content)
    {
        var begun = await Vault.BeginAsync(new BeginRequest { ManifestIndex = manifestIndex }, cancellationToken: _cancellation);
        if (!begun.Stored)
        {
            using var call = Vault.Upload(cancellationToken: _cancellation);
            for (uint chunk = 0; chunk * (long)MediaFixture.ChunkBytes < content.Length; chunk++)
            {
                var offset = (int)chunk * MediaFixture.ChunkBytes;
                await call.RequestStream.WriteAsync(
                    new UploadRequest
                    {
                        ManifestIndex = chunk == 0 ? manifestIndex : 0, Generation = chunk == 0 ? begun.Generation : 0, Chunk = chunk,
                        Content = UnsafeByteOperations.UnsafeWrap(content.AsMemory(offset, Math.Min(MediaFixture.ChunkBytes, content.Length - offset))),
                    }, _cancellation);
                await call.ResponseStream.MoveNext(_cancellation);
            }
            await call.RequestStream.CompleteAsync();
        }
        await Vault.FinishAsync(new FinishRequest { ManifestIndex = manifestIndex, Generation = begun.Generation }, cancellationToken: _cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Channel.Dispose();
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
    }
}
