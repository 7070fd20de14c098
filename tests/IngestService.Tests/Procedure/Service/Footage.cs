using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Tests.Door;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>Files of one docking station, announced, uploaded and attached like any other.</summary>
internal sealed class Footage(GrpcChannel channel, CaseDriver driver)
{
    private const int SizeBytes = 5_000;
    private const int ChunkBytes = 4 * 1024 * 1024; // one chunk a file

    private readonly Producer _producer = new("dock-1", SigningKey.Create());
    private int _count;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The item's key in the case.</summary>
    /// <param name="length">From now on; by default an instant.</param>
    public async Task<string> AttachAsync(string caseId, string officer, TimeSpan length = default)
    {
        ulong manifest = await UploadAsync(officer, length);
        await driver.AttachAsync(caseId, manifest, "现场录像");
        return $"media/{manifest}";
    }

    /// <summary>Announced and stored; its manifest's entry.</summary>
    public async Task<ulong> UploadAsync(string officer, TimeSpan length = default)
    {
        if (_count++ == 0)
            await new Enrolment.EnrolmentClient(channel).RegisterAsync(Producer.Registration("dock-1", _producer.Key), cancellationToken: Cancellation);
        byte[] content = new byte[SizeBytes];
        new Random(_count).NextBytes(content);
        using ReportClient stream = await ReportClient.OpenAsync(channel, "dock-1", Cancellation);
        ulong manifest = (await stream.AskAsync(_producer.Seal(Manifest(content, officer, length)))).Receipt.Index;
        await StoreAsync(new MediaVault.MediaVaultClient(channel), manifest, content);
        return manifest;
    }

    private static async Task StoreAsync(MediaVault.MediaVaultClient vault, ulong manifest, byte[] content)
    {
        BeginAnswer begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = manifest }, cancellationToken: Cancellation);
        using var call = vault.Upload(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new UploadRequest { ManifestIndex = manifest, Generation = begun.Generation, Content = ByteString.CopyFrom(content) }, Cancellation);
        await call.ResponseStream.MoveNext(Cancellation);
        await call.RequestStream.CompleteAsync();
        await vault.FinishAsync(new FinishRequest { ManifestIndex = manifest, Generation = begun.Generation }, cancellationToken: Cancellation);
    }

    private Contracts.V1.Record Manifest(byte[] content, string officer, TimeSpan length)
    {
        Timestamp begun = driver.Now;
        ByteString digest = ByteString.CopyFrom(Sha256Hash.Of(content).ToArray());
        return new Contracts.V1.Record
        {
            Identity = _producer.Identity(),
            SourceDevice = "A1",
            MediaManifest = new MediaManifest
            {
                Recorder = "A1", Dock = "dock-1", OriginalPath = $"DCIM/{_count}.mp4", SizeBytes = (ulong)content.Length, Container = "mp4", Officer = officer,
                ChunkBytes = ChunkBytes, ChunkSha256 = digest, Digests = { new Digest { Algorithm = "sha-256", Value = digest } },
                Capture = new CaptureSpan { Start = begun, End = (begun.ToDateTimeOffset() + length).ToTimestamp() },
            },
        };
    }
}
