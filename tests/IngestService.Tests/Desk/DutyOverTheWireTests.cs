using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Tests.Door;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Media;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Contract = EdgeEnforcement.Contracts.V1.Desk;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Desk;

/// <summary>The service as it is started: footage and a field alert come in, and a duty officer works on them over gRPC.</summary>
public sealed class DutyOverTheWireTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-desk-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Alert_lead_case_attached_footage_checked_and_checked_again_after_one_byte_changed()
    {
        await using WebApplication app = Program.Build(new HostArguments(_data, GrpcPort: 0, HttpPort: 0, MqttPort: 0));
        await app.StartAsync(Cancellation);
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using GrpcChannel channel = GrpcChannel.ForAddress(address);
        Contract.DeskClient desk = new(channel);
        Acts.ActsClient acts = new(channel);
        byte[] content = MediaFixture.Bytes(50_000);
        ulong manifest = await ReportAsync(channel, content);
        await UploadAsync(channel, manifest, content);

        AlertRow alert = await UntilAsync(channel, async size =>
            (await desk.GetDutyBoardAsync(new DutyBoardRequest { AtLeast = size }, cancellationToken: Cancellation)).Unacknowledged.SingleOrDefault());
        ActAnswer lead = await acts.RegisterLeadAsync(new RegisterLeadRequest
        {
            Actor = Story.Operator, AlertId = alert.AlertId, ExpectedVersion = alert.Version, Reason = "属实",
        }, cancellationToken: Cancellation);
        RpcException stale = await Assert.ThrowsAsync<RpcException>(async () => await acts.AcknowledgeAlertAsync(
            new AcknowledgeAlertRequest { Actor = Story.Operator, AlertId = alert.AlertId, ExpectedVersion = alert.Version }, cancellationToken: Cancellation));
        ActAnswer opened = await acts.OpenCaseAsync(new OpenCaseRequest
        {
            Actor = Story.Operator, Title = "采砂案", LeadId = lead.SubjectId, ExpectedLeadVersion = lead.Version, Officers = { "000001" },
            WindowStart = Story.At("2026-11-21T14:00:00+08:00"), WindowEnd = Story.At("2026-11-21T16:00:00+08:00"),
        }, cancellationToken: Cancellation);
        EvidenceRow evidence = await UntilAsync(channel, async size => (await desk.GetCaseAsync(
            new GetCaseRequest { AtLeast = Math.Max(size, opened.LedgerSize), CaseId = opened.SubjectId }, cancellationToken: Cancellation)).Evidence.SingleOrDefault());
        CheckEvidenceRequest check = new() { Actor = Story.Operator, ManifestIndex = manifest };
        CheckEvidenceAnswer whole = await acts.CheckEvidenceAsync(check, cancellationToken: Cancellation);
        ChangeOneByte();
        CheckEvidenceAnswer broken = await acts.CheckEvidenceAsync(check, cancellationToken: Cancellation);

        Assert.Equal((StatusCode.Aborted, "CONFLICT"), (stale.StatusCode, stale.Trailers.GetValue("ee-refusal-name")));
        Assert.Equal((AttachReason.OfficerAndTime, MediaState.Stored), (evidence.Reason, evidence.Media.State));
        Assert.Equal("officer 000001, overlap 00:10:00 with 2026-11-21 14:00–16:00 +08:00", evidence.Explanation);
        Assert.Equal(["LEAF", "COMMITMENT", "SIGNATURE", "INCLUSION", "CHECKPOINT", "CHAIN", "FILE", "CHUNKS"], whole.Steps.Select(step => step.Name));
        Assert.True(whole.Passed, whole.Steps.ToString());
        Assert.Equal(["FILE", "CHUNKS"], broken.Steps.Where(step => !step.Passed).Select(step => step.Name));
        MediaDetail detail = await desk.GetMediaAsync(
            new GetMediaRequest { AtLeast = broken.LedgerSize, ManifestIndex = manifest }, cancellationToken: Cancellation);
        Assert.Equal("FAILED FILE CHUNKS", detail.Timeline[^1].Text);
        Assert.Equal(content.Length, (int)detail.Manifest.SizeBytes);
        await app.StopAsync(CancellationToken.None);
    }

    private static async Task<ulong> ReportAsync(GrpcChannel channel, byte[] content)
    {
        Producer producer = new("dock-1", SigningKey.Create());
        await new Enrolment.EnrolmentClient(channel).RegisterAsync(Producer.Registration("dock-1", producer.Key));
        using ReportClient stream = await ReportClient.OpenAsync(channel, "dock-1", Cancellation);
        Record manifest = new() { Identity = producer.Identity() };
        MediaManifest body = manifest.Manifest("0001.mp4", officer: "000001");
        body.Baseline = true;
        body.SizeBytes = (ulong)content.Length;
        body.Digests[0].Value = ByteString.CopyFrom(Sha256Hash.Of(content).ToArray());
        body.ChunkSha256 = body.Digests[0].Value;
        ulong index = (await stream.AskAsync(producer.Seal(manifest))).Receipt.Index;
        Record alert = new() { Identity = producer.Identity() };
        await stream.AskAsync(producer.Seal(alert.FieldAlert("e1")));
        return index;
    }

    private static async Task UploadAsync(GrpcChannel channel, ulong manifestIndex, byte[] content)
    {
        MediaVault.MediaVaultClient vault = new(channel);
        BeginAnswer begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = manifestIndex }, cancellationToken: Cancellation);
        using AsyncDuplexStreamingCall<UploadRequest, UploadAnswer> call = vault.Upload(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new UploadRequest
        {
            ManifestIndex = manifestIndex, Generation = begun.Generation, Content = UnsafeByteOperations.UnsafeWrap(content),
        }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        await call.RequestStream.CompleteAsync();
        await vault.FinishAsync(new FinishRequest { ManifestIndex = manifestIndex, Generation = begun.Generation }, cancellationToken: Cancellation);
    }

    // As a console does it: look, and look again each time the feed says there is something new.
    private static async Task<T> UntilAsync<T>(GrpcChannel channel, Func<ulong, Task<T?>> look)
        where T : class
    {
        using AsyncServerStreamingCall<FeedVersion> feed = new Contract.DeskClient(channel).WatchFeed(
            new WatchFeedRequest(), deadline: DateTime.SpecifyKind(TimeProvider.System.GetUtcNow().AddMinutes(2).UtcDateTime, DateTimeKind.Utc), cancellationToken: Cancellation);
        while (await feed.ResponseStream.MoveNext(Cancellation))
        {
            if (await look(feed.ResponseStream.Current.ProjectedSize) is { } found)
                return found;
        }

        throw new EndOfStreamException();
    }

    private void ChangeOneByte()
    {
        string file = Directory.GetFiles(Path.Combine(_data, "media", "objects"), "*", SearchOption.AllDirectories).Single();
        File.SetAttributes(file, FileAttributes.Normal);
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = 1_000;
        int value = stream.ReadByte();
        stream.Position = 1_000;
        stream.WriteByte((byte)(value ^ 1));
    }
}
