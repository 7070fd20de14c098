using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Tests.Cases;
using EdgeEnforcement.IngestService.Tests.Door;
using EdgeEnforcement.IngestService.Tests.Media;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>Files of one docking station, announced, uploaded and attached like any other.</summary>
internal sealed class Footage(RunningErasure service, Func<ActAnswer, ActAnswer> seen, CancellationToken cancellation)
{
    private readonly Producer _producer = new("dock-1", SigningKey.Create());
    private int _count;

    /// <summary>The item's key in the case.</summary>
    public async Task<string> AttachAsync(string caseId, string officer)
    {
        if (_count++ == 0)
            await new Enrolment.EnrolmentClient(service.Channel).RegisterAsync(Producer.Registration("dock-1", _producer.Key), cancellationToken: cancellation);
        byte[] content = MediaFixture.Bytes(5_000, seed: _count);
        using ReportClient stream = await ReportClient.OpenAsync(service.Channel, "dock-1", cancellation);
        ulong manifest = (await stream.AskAsync(_producer.Seal(Manifest(content, officer)))).Receipt.Index;
        await service.UploadAsync(manifest, content);
        seen(await service.Acts.AttachMediaAsync(new AttachMediaRequest
        {
            Actor = RegisterWorld.Person, CaseId = caseId, ManifestIndex = manifest, ExpectedEvidenceVersion = (ulong)_count - 1, Reason = "现场录像",
        }, cancellationToken: cancellation));
        return $"media/{manifest}";
    }

    private Record Manifest(byte[] content, string officer)
    {
        ByteString digest = ByteString.CopyFrom(Sha256Hash.Of(content).ToArray());
        return new Record
        {
            Identity = _producer.Identity(),
            SourceDevice = "A1",
            MediaManifest = new MediaManifest
            {
                Recorder = "A1", Dock = "dock-1", OriginalPath = $"DCIM/{_count}.mp4", SizeBytes = (ulong)content.Length, Container = "mp4", Officer = officer,
                ChunkBytes = MediaFixture.ChunkBytes, ChunkSha256 = digest, Digests = { new Digest { Algorithm = "sha-256", Value = digest } },
                Capture = new CaptureSpan { Start = ProcedureStack.Now, End = ProcedureStack.Now },
            },
        };
    }
}
