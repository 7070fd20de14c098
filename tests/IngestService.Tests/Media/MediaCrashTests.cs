using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Tests.Door;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Media;

/// <summary>
/// The upload is broken at every call it makes of the disk, one after another; whatever is left, the next try ends with the
/// right object once, every acknowledged chunk is still there, and the ledger holds one MediaStored.
/// </summary>
public sealed class MediaCrashTests
{
    private static readonly byte[] TwoChunks = MediaFixture.Bytes(MediaFixture.ChunkBytes + 10);
    private static readonly byte[] OneChunk = MediaFixture.Bytes(5000);

    [Theory]
    [InlineData(CrashMode.Drop, true)]
    [InlineData(CrashMode.Drop, false)]
    [InlineData(CrashMode.Tear, false)]
    [InlineData(CrashMode.Reorder, false)]
    [InlineData(CrashMode.KeepSome, false)]
    [InlineData(CrashMode.KeepAll, false)]
    public async Task Power_cut_at_every_call(CrashMode mode, bool twoChunks)
    {
        var call = 1;
        while (await BreakAt(call, call % 2 == 0 ? ShadowFault.PowerOffAfterEffect : ShadowFault.PowerOffBeforeEffect, mode, twoChunks ? TwoChunks : OneChunk))
            call++;
        Assert.True(call > 20, $"only {call} calls were broken");
    }

    [Theory]
    [InlineData(ShadowFault.FailBeforeEffect)]
    [InlineData(ShadowFault.FailAfterEffect)]
    public async Task A_failing_call_is_no_end(ShadowFault fault)
    {
        var call = 1;
        while (await BreakAt(call, fault, crash: null, OneChunk))
            call++;
        Assert.True(call > 20, $"only {call} calls were broken");
    }

    [Fact]
    public async Task An_answer_lost_after_the_append_makes_no_second_entry()
    {
        var disk = new ShadowFileSystem();
        var ledger = new LedgerDouble();
        var fixture = await MediaFixture.AppendAsync(ledger, OneChunk);
        var store = await OpenAsync(disk, ledger);
        ledger.LoseNextFactAnswer = true;
        await Assert.ThrowsAsync<LedgerFatalException>(() => UploadAsync(store, fixture, []));
        disk.Crash(CrashMode.Drop);

        var outcome = await UploadAsync(await OpenAsync(disk, ledger), fixture, []);

        Assert.Equal(ReceiptCode.Duplicate, outcome.Stored!.Receipt.Code);
        Assert.Single(ledger.Facts(Record.BodyOneofCase.MediaStored));
    }

    [Fact]
    public async Task Quarantine_survives_a_power_cut_at_every_call()
    {
        for (var call = 1; ; call++)
        {
            var disk = new ShadowFileSystem();
            var ledger = new LedgerDouble();
            var content = MediaFixture.Bytes(1000);
            var fixture = await MediaFixture.AppendAsync(ledger, content, m => m.Digests[0].Value = Google.Protobuf.ByteString.CopyFrom(new byte[32]));
            var store = await OpenAsync(disk, ledger);
            var manifest = store.FindManifest(fixture.Index).Manifest!;
            var begun = store.Begin(manifest);
            Send(store, fixture, manifest, begun, []);
            disk.FailAt(call, ShadowFault.PowerOffBeforeEffect);
            try
            {
                Assert.NotNull((await store.FinishAsync(manifest, begun.Generation, CancellationToken.None)).Refusal);
            }
            catch (IOException)
            {
            }
            if (!disk.FaultReached)
                return;
            disk.Crash(CrashMode.Drop);

            var again = await UploadAsync(await OpenAsync(disk, ledger), fixture, []);

            Assert.Null(again.Stored);
            var name = MediaPaths.QuarantineName(fixture.Index, fixture.Hash);
            Assert.Equal(content, disk.ReadAllBytes("/media/quarantine/" + name));
            Assert.All(ledger.Facts(Record.BodyOneofCase.MediaQuarantined), f => Assert.Equal(name, f.MediaQuarantined.QuarantineName));
            Assert.Empty(ledger.Facts(Record.BodyOneofCase.MediaStored));
        }
    }

    private static async Task<bool> BreakAt(int call, ShadowFault fault, CrashMode? crash, byte[] content)
    {
        var disk = new ShadowFileSystem();
        var ledger = new LedgerDouble();
        var fixture = await MediaFixture.AppendAsync(ledger, content);
        var store = await OpenAsync(disk, ledger);
        var acknowledged = new HashSet<uint>();
        FinishOutcome? answered = null;
        disk.FailAt(call, fault);
        try
        {
            answered = await UploadAsync(store, fixture, acknowledged);
        }
        catch (IOException)
        {
        }
        if (!disk.FaultReached)
            return false;

        if (crash is { } mode)
        {
            disk.Crash(mode, seed: call);
            store = await OpenAsync(disk, ledger);
        }
        var manifest = store.FindManifest(fixture.Index).Manifest!;
        var begun = store.Begin(manifest);
        if (begun.Stage == UploadStage.Receiving && !store.HasObject(manifest))
            Assert.DoesNotContain(begun.Chunks.Missing().SelectMany(Numbers), acknowledged.Contains);
        var outcome = await UploadAsync(store, fixture, []);

        Assert.Null(outcome.Refusal);
        Assert.Equal(fixture.Content, disk.ReadAllBytes(new MediaPaths("/media").Object(fixture.Hash)));
        Assert.Single(ledger.Facts(Record.BodyOneofCase.MediaStored));
        if (answered?.Stored is { } earlier)
            Assert.Equal(earlier.Receipt.Index, outcome.Stored!.Receipt.Index);
        var again = await store.FinishAsync(manifest, 0, CancellationToken.None);
        Assert.Equal(outcome.Stored!.Receipt.Index, again.Stored!.Receipt.Index);
        return true;
    }

    private static IEnumerable<uint> Numbers(ChunkRange range) => Enumerable.Range((int)range.First, (int)range.Count).Select(c => (uint)c);

    private static async Task<MediaStore> OpenAsync(ShadowFileSystem disk, LedgerDouble ledger)
    {
        var options = Options.Create(new MediaOptions { Directory = "/media", ReserveBytes = 0 });
        var store = new MediaStore(disk, ledger, ledger, options, NullLogger<MediaFinisher>.Instance);
        await store.StartAsync(CancellationToken.None);
        return store;
    }

    private static async Task<FinishOutcome> UploadAsync(MediaStore store, MediaFixture fixture, HashSet<uint> acknowledged)
    {
        var manifest = store.FindManifest(fixture.Index).Manifest!;
        var begun = store.Begin(manifest);
        if (begun.Stage != UploadStage.Stored && !store.HasObject(manifest))
            Send(store, fixture, manifest, begun, acknowledged);
        return await store.FinishAsync(manifest, begun.Generation, CancellationToken.None);
    }

    private static void Send(MediaStore store, MediaFixture fixture, ManifestFacts manifest, UploadState begun, HashSet<uint> acknowledged)
    {
        using var session = store.OpenSession(manifest, begun.Generation)!;
        foreach (var chunk in begun.Chunks.Missing().SelectMany(Numbers))
        {
            Assert.Null(session.Accept(chunk, fixture.Chunk(chunk).Span));
            acknowledged.UnionWith(session.Commit().Durable);
        }
    }
}
