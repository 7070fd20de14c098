using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Tests.Media;
using Google.Protobuf;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Door;

/// <summary>The service as it is started, real ledger and real disk: register, report, upload, look, stop, start, ask again.</summary>
public sealed class WholeServiceTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-door-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task What_was_acknowledged_is_answered_the_same_after_a_restart()
    {
        var producer = new Producer("dock-1", SigningKey.Create());
        var envelope = producer.SealedStatus();
        var content = MediaFixture.Bytes(100_000);
        var manifest = producer.Seal(Manifest(producer, content));
        Receipt first;
        Receipt manifested;
        FinishAnswer finished;
        await using (var service = await Running.StartAsync(_data))
        {
            await new Enrolment.EnrolmentClient(service.Channel).RegisterAsync(Producer.Registration("dock-1", producer.Key), cancellationToken: Cancellation);
            using var stream = await ReportClient.OpenAsync(service.Channel, "dock-1", Cancellation);
            first = (await stream.AskAsync(envelope)).Receipt;
            manifested = (await stream.AskAsync(manifest)).Receipt;
            Assert.True(LeafFormat.TryParse(first.Leaf.Span, out var leaf));
            Assert.Equal(Commitment.Compute(first.Salt.Span, envelope), leaf.Commitment);
            finished = await UploadAsync(service.Channel, manifested.Index, content);
            Assert.Equal(content, await service.Http.GetByteArrayAsync($"/media/{manifested.Index}", Cancellation));
            Assert.Contains("\"ready\":true", await service.Http.GetStringAsync("/health", Cancellation));
        }

        await using var restarted = await Running.StartAsync(_data);
        using var again = await ReportClient.OpenAsync(restarted.Channel, "dock-1", Cancellation);
        var repeated = (await again.AskAsync(envelope)).Receipt;
        Assert.Equal((ReceiptCode.Duplicate, first.Index, first.Leaf, first.Salt), (repeated.Code, repeated.Index, repeated.Leaf, repeated.Salt));
        var refinished = await new MediaVault.MediaVaultClient(restarted.Channel)
            .FinishAsync(new FinishRequest { ManifestIndex = manifested.Index, Generation = 1 }, cancellationToken: Cancellation);
        Assert.Equal((finished.Receipt.Index, finished.Receipt.Leaf, finished.StoredEnvelope), (refinished.Receipt.Index, refinished.Receipt.Leaf, refinished.StoredEnvelope));
        var end = await ReportDoorTests.ExpectEnd(
            Grpc.Core.StatusCode.PermissionDenied,
            async () => await new Enrolment.EnrolmentClient(restarted.Channel).RegisterAsync(Producer.Registration("dock-1", SigningKey.Create()), cancellationToken: Cancellation));
        Assert.Contains("KEY_CHANGED", end.Status.Detail);
    }

    [Fact]
    public async Task Rubbish_of_a_known_producer_is_an_entry_of_the_real_ledger()
    {
        await using var service = await Running.StartAsync(_data);
        var producer = new Producer("dock-1", SigningKey.Create());
        await new Enrolment.EnrolmentClient(service.Channel).RegisterAsync(Producer.Registration("dock-1", producer.Key), cancellationToken: Cancellation);
        using var stream = await ReportClient.OpenAsync(service.Channel, "dock-1", Cancellation);
        var rubbish = new EnvelopeSigner(producer.Key).Seal(PayloadTypes.Record, ByteString.CopyFrom(new byte[900_000]));

        var receipt = (await stream.AskAsync(rubbish)).Receipt;

        Assert.Equal(ReceiptCode.Quarantined, receipt.Code);
        var reader = service.App.Services.GetRequiredService<IngestService.Ledger.ILedgerReader>();
        var kept = LedgerDouble.Body(reader.Read(new IngestService.Ledger.EntryIndex(receipt.Index))).RecordQuarantined;
        Assert.Equal(rubbish, kept.Envelope.ToByteArray());
    }

    [Fact]
    public async Task Standard_services_say_what_is_there_and_that_it_is_ready()
    {
        await using var service = await Running.StartAsync(_data);

        var health = await new Health.HealthClient(service.Channel).CheckAsync(
            new HealthCheckRequest { Service = Report.Descriptor.FullName }, cancellationToken: Cancellation);
        using var reflection = new ServerReflection.ServerReflectionClient(service.Channel).ServerReflectionInfo(cancellationToken: Cancellation);
        await reflection.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancellation);
        Assert.True(await reflection.ResponseStream.MoveNext(Cancellation));

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Superset(
            new HashSet<string>
            {
                Report.Descriptor.FullName, Enrolment.Descriptor.FullName, MediaVault.Descriptor.FullName, Acts.Descriptor.FullName,
                "edgeenforcement.v1.Desk", "edgeenforcement.v1.Ledger", "grpc.health.v1.Health",
            },
            reflection.ResponseStream.Current.ListServicesResponse.Service.Select(one => one.Name).ToHashSet());
    }

    private static Record Manifest(Producer producer, byte[] content)
    {
        var record = new Record
        {
            Identity = producer.Identity(),
            MediaManifest = new MediaManifest
            {
                OriginalPath = "0001.mp4",
                SizeBytes = (ulong)content.Length,
                Container = "mp4",
                ChunkBytes = MediaFixture.ChunkBytes,
                ChunkSha256 = ByteString.CopyFrom(Sha256Hash.Of(content).ToArray()),
            },
        };
        record.MediaManifest.Digests.Add(new Digest { Algorithm = "sha-256", Value = ByteString.CopyFrom(Sha256Hash.Of(content).ToArray()) });
        return record;
    }

    private static async Task<FinishAnswer> UploadAsync(GrpcChannel channel, ulong manifestIndex, byte[] content)
    {
        var vault = new MediaVault.MediaVaultClient(channel);
        var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = manifestIndex }, cancellationToken: Cancellation);
        using var call = vault.Upload(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(
            new UploadRequest { ManifestIndex = manifestIndex, Generation = begun.Generation, Content = UnsafeByteOperations.UnsafeWrap(content) }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        await call.RequestStream.CompleteAsync();
        return await vault.FinishAsync(new FinishRequest { ManifestIndex = manifestIndex, Generation = begun.Generation }, cancellationToken: Cancellation);
    }

    private sealed class Running : IAsyncDisposable
    {
        private Running(WebApplication app, string grpcAddress, string httpAddress)
        {
            App = app;
            Channel = GrpcChannel.ForAddress(grpcAddress);
            Http = new HttpClient { BaseAddress = new Uri(httpAddress) };
        }

        public WebApplication App { get; }

        public GrpcChannel Channel { get; }

        public HttpClient Http { get; }

        public static async Task<Running> StartAsync(string data)
        {
            var app = Program.Build(new HostArguments(data, GrpcPort: 0, HttpPort: 0, MqttPort: 0));
            await app.StartAsync(Cancellation);
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
            return new Running(app, addresses[0], addresses[1]);
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            Channel.Dispose();
            await App.StopAsync(CancellationToken.None);
            await App.DisposeAsync();
        }
    }
}
