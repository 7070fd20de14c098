using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Door;
using EdgeEnforcement.Testing;
using Google.Protobuf;
using Grpc.Core;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Media;

public sealed class MediaVaultDoorTests
{
    private readonly ShadowFileSystem _disk = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_up_and_its_receipt_is_of_MediaStored()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var fixture = await MediaFixture.AppendAsync(host.Ledger, MediaFixture.Bytes(2 * MediaFixture.ChunkBytes + 5));
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
        Assert.Equal([(0u, 3u)], begun.Missing.Select(r => (r.First, r.Count)));

        Assert.Equal([0u, 1u, 2u], (await UploadAsync(vault, fixture, begun.Generation, 0, 1, 2)).Durable.Order());
        var finished = await vault.FinishAsync(new FinishRequest { ManifestIndex = fixture.Index, Generation = begun.Generation }, cancellationToken: Cancellation);
        var again = await vault.FinishAsync(new FinishRequest { ManifestIndex = fixture.Index, Generation = begun.Generation }, cancellationToken: Cancellation);

        var stored = LedgerDouble.Body(host.Ledger.Entries[(int)finished.Receipt.Index]).MediaStored;
        Assert.Equal((fixture.Index, (ulong)fixture.Content.Length), (stored.ManifestIndex, stored.SizeBytes));
        Assert.Equal(host.Ledger.Entries[(int)finished.Receipt.Index].Envelope.ToArray(), finished.StoredEnvelope.ToByteArray());
        Assert.Equal((finished.Receipt.Index, finished.Receipt.Leaf), (again.Receipt.Index, again.Receipt.Leaf));
        Assert.Equal(fixture.Content, _disk.ReadAllBytes(new MediaPaths("/media").Object(fixture.Hash)));
        Assert.True((await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation)).Stored);
    }

    [Fact]
    public async Task After_a_restart_only_what_is_missing_is_asked_for()
    {
        var ledger = new LedgerDouble();
        var fixture = await MediaFixture.AppendAsync(ledger, MediaFixture.Bytes(4 * MediaFixture.ChunkBytes));
        await using (var host = await DoorHost.StartAsync(ledger, _disk))
        {
            var vault = new MediaVault.MediaVaultClient(host.Channel);
            var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
            await UploadAsync(vault, fixture, begun.Generation, 1, 3);
        }
        _disk.Crash(CrashMode.Drop);

        await using var restarted = await DoorHost.StartAsync(ledger, _disk);
        var resumed = await new MediaVault.MediaVaultClient(restarted.Channel).BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);

        Assert.Equal([(0u, 1u), (2u, 1u)], resumed.Missing.Select(r => (r.First, r.Count)));
        Assert.True(resumed.Generation > 1);
    }

    [Fact]
    public async Task A_wrong_chunk_is_not_kept_and_the_others_go_on()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var fixture = await MediaFixture.AppendAsync(host.Ledger, MediaFixture.Bytes(2 * MediaFixture.ChunkBytes));
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
        using var call = vault.Upload(cancellationToken: Cancellation);
        var wrong = fixture.Chunk(0).ToArray();
        wrong[17] ^= 1;
        await call.RequestStream.WriteAsync(Message(fixture, begun.Generation, 0, wrong), Cancellation);
        await call.RequestStream.WriteAsync(Message(fixture, begun.Generation, 1, fixture.Chunk(1)), Cancellation);
        await call.RequestStream.CompleteAsync();

        var (durable, refused) = await AnswersAsync(call);

        Assert.Equal([1u], durable);
        var refusal = Assert.Single(refused);
        Assert.Equal((0u, (uint)RefusalCode.ChunkMismatch, false), (refusal.Chunk, refusal.Refusal.Code, refusal.Refusal.Permanent));
        await Expect(RefusalCode.ChunksMissing, () => FinishAsync(vault, fixture, begun.Generation));
        await UploadAsync(vault, fixture, begun.Generation, 0);
        await FinishAsync(vault, fixture, begun.Generation);
    }

    [Fact]
    public async Task A_chunk_out_of_range_or_of_wrong_length_ends_the_stream_after_the_good_ones_were_answered()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var fixture = await MediaFixture.AppendAsync(host.Ledger, MediaFixture.Bytes(MediaFixture.ChunkBytes + 1));
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
        using var call = vault.Upload(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(Message(fixture, begun.Generation, 0, fixture.Chunk(0)), Cancellation);
        await call.RequestStream.WriteAsync(Message(fixture, begun.Generation, 1, new byte[] { 1, 2 }), Cancellation);

        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal([0u], call.ResponseStream.Current.DurableChunks);
        await Expect(RefusalCode.ChunkOutOfRange, () => call.ResponseStream.MoveNext(Cancellation));
        await Expect(RefusalCode.ChunkOutOfRange, () => UploadAsync(vault, fixture, begun.Generation, (fixture.Chunk(0), 9)));
    }

    [Fact]
    public async Task A_newer_generation_fences_the_older_stream()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var fixture = await MediaFixture.AppendAsync(host.Ledger, MediaFixture.Bytes(2 * MediaFixture.ChunkBytes));
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var older = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
        using var call = vault.Upload(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(Message(fixture, older.Generation, 0, fixture.Chunk(0)), Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));

        var newer = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);

        Assert.Equal(older.Generation + 1, newer.Generation);
        Assert.Equal([(1u, 1u)], newer.Missing.Select(r => (r.First, r.Count)));
        // The open stream ends by itself; late bytes and a late finish of the old generation are refused.
        await Expect(RefusalCode.Fenced, () => call.ResponseStream.MoveNext(Cancellation));
        await Expect(RefusalCode.Fenced, () => UploadAsync(vault, fixture, older.Generation, 1));
        await Expect(RefusalCode.Fenced, () => FinishAsync(vault, fixture, older.Generation));
        await UploadAsync(vault, fixture, newer.Generation, 1);
        await FinishAsync(vault, fixture, newer.Generation);
    }

    [Fact]
    public async Task A_stream_that_outlives_a_failed_finish_is_fenced_all_the_same()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var fixture = await MediaFixture.AppendAsync(host.Ledger, MediaFixture.Bytes(3 * MediaFixture.ChunkBytes));
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var older = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
        using var call = vault.Upload(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(Message(fixture, older.Generation, 0, fixture.Chunk(0)), Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        await Expect(RefusalCode.ChunksMissing, () => FinishAsync(vault, fixture, older.Generation));

        var newer = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);

        await Expect(RefusalCode.Fenced, () => call.ResponseStream.MoveNext(Cancellation));
        await UploadAsync(vault, fixture, newer.Generation, 1, 2);
        await FinishAsync(vault, fixture, newer.Generation);
    }

    [Fact]
    public async Task No_chunk_is_answered_before_its_bytes_and_its_bit_are_flushed()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var fixture = await MediaFixture.AppendAsync(host.Ledger, MediaFixture.Bytes(100));
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
        using var call = vault.Upload(cancellationToken: Cancellation);
        using var held = new SemaphoreSlim(0);
        var flushes = 0;
        _disk.BeforeFlush = () =>
        {
            Interlocked.Increment(ref flushes);
            held.Wait(Cancellation);
        };
        await call.RequestStream.WriteAsync(Message(fixture, begun.Generation, 0, fixture.Chunk(0)), Cancellation);
        var answer = call.ResponseStream.MoveNext(Cancellation);

        await ReportDoorTests.Until(() => Volatile.Read(ref flushes) == 1);
        Assert.False(answer.IsCompleted);
        held.Release();
        await ReportDoorTests.Until(() => Volatile.Read(ref flushes) == 2);
        Assert.False(answer.IsCompleted);
        held.Release();
        Assert.True(await answer);
        _disk.BeforeFlush = null;
    }

    [Fact]
    public async Task A_file_that_differs_as_a_whole_lies_in_quarantine_with_both_hashes_named()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var expected = new byte[32];
        var fixture = await MediaFixture.AppendAsync(
            host.Ledger, MediaFixture.Bytes(100), m => m.Digests[0].Value = ByteString.CopyFrom(expected));
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
        await UploadAsync(vault, fixture, begun.Generation, 0);

        var end = await Expect(RefusalCode.FileMismatch, () => FinishAsync(vault, fixture, begun.Generation));

        Assert.Equal(StatusCode.DataLoss, end.StatusCode);
        Assert.Contains(fixture.Hash.ToString(), end.Status.Detail);
        Assert.Contains(Convert.ToHexStringLower(expected), end.Status.Detail);
        var fact = Assert.Single(host.Ledger.Facts(Record.BodyOneofCase.MediaQuarantined)).MediaQuarantined;
        Assert.Equal(fixture.Content, _disk.ReadAllBytes("/media/quarantine/" + fact.QuarantineName));
        Assert.Equal(fixture.Hash.ToArray(), fact.FoundSha256.ToByteArray());
    }

    [Fact]
    public async Task Two_manifests_of_the_same_content_share_one_object_and_each_has_its_fact()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var content = MediaFixture.Bytes(1000);
        var first = await MediaFixture.AppendAsync(host.Ledger, content);
        var second = await MediaFixture.AppendAsync(host.Ledger, content);
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = first.Index }, cancellationToken: Cancellation);
        await UploadAsync(vault, first, begun.Generation, 0);
        await FinishAsync(vault, first, begun.Generation);

        var other = await vault.BeginAsync(new BeginRequest { ManifestIndex = second.Index }, cancellationToken: Cancellation);
        Assert.True(other.Stored);
        Assert.Empty(other.Missing);
        await FinishAsync(vault, second, other.Generation);

        Assert.Equal([first.Index, second.Index], host.Ledger.Facts(Record.BodyOneofCase.MediaStored).Select(f => f.MediaStored.ManifestIndex));
        Assert.Single(_disk.EnumerateFiles(new MediaPaths("/media").ObjectDirectory(first.Hash)));
    }

    [Fact]
    public async Task Damage_in_the_store_is_set_aside_and_the_chunks_are_asked_for_again()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var fixture = await MediaFixture.AppendAsync(host.Ledger, MediaFixture.Bytes(1000));
        var path = new MediaPaths("/media").Object(fixture.Hash);
        _disk.CreateDirectory(Path.GetDirectoryName(path)!);
        _disk.Place(path, [1, 2, 3]);
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);

        await Expect(RefusalCode.ChunksMissing, () => FinishAsync(vault, fixture, begun.Generation));

        Assert.Single(host.Ledger.Facts(Record.BodyOneofCase.MediaQuarantined));
        var again = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
        await UploadAsync(vault, fixture, again.Generation, 0);
        await FinishAsync(vault, fixture, again.Generation);
        Assert.Equal(fixture.Content, _disk.ReadAllBytes(path));
    }

    [Fact]
    public async Task An_empty_file_needs_no_chunks()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        var fixture = await MediaFixture.AppendAsync(host.Ledger, []);
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        var begun = await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation);
        Assert.Empty(begun.Missing);
        Assert.False(begun.Stored);
        await FinishAsync(vault, fixture, begun.Generation);
        Assert.Equal(0UL, Assert.Single(host.Ledger.Facts(Record.BodyOneofCase.MediaStored)).MediaStored.SizeBytes);
    }

    [Fact]
    public async Task What_is_no_durable_manifest_is_refused()
    {
        await using var host = await DoorHost.StartAsync(files: _disk);
        await host.RegisterAsync("dock-1");
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        await Expect(RefusalCode.NotAManifest, async () => await vault.BeginAsync(new BeginRequest { ManifestIndex = 0 }, cancellationToken: Cancellation));
        await Expect(RefusalCode.NoSuchEntry, async () => await vault.BeginAsync(new BeginRequest { ManifestIndex = 1 }, cancellationToken: Cancellation));
        await Expect(RefusalCode.NoSuchEntry, async () => await vault.FinishAsync(new FinishRequest { ManifestIndex = ulong.MaxValue }, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Below_the_reserve_nothing_begins()
    {
        await using var host = await DoorHost.StartAsync(files: _disk, settings: new() { ["Media:ReserveBytes"] = "1000" });
        var fixture = await MediaFixture.AppendAsync(host.Ledger, MediaFixture.Bytes(10));
        _disk.FreeBytes = 999;
        var vault = new MediaVault.MediaVaultClient(host.Channel);
        await Expect(RefusalCode.Busy, async () => await vault.BeginAsync(new BeginRequest { ManifestIndex = fixture.Index }, cancellationToken: Cancellation));
    }

    private static async Task<FinishAnswer> FinishAsync(MediaVault.MediaVaultClient vault, MediaFixture fixture, ulong generation) =>
        await vault.FinishAsync(new FinishRequest { ManifestIndex = fixture.Index, Generation = generation }, cancellationToken: Cancellation);

    private static Task<(List<uint> Durable, List<ChunkRefusal> Refused)> UploadAsync(
        MediaVault.MediaVaultClient vault, MediaFixture fixture, ulong generation, params uint[] chunks) =>
        UploadAsync(vault, fixture, generation, [.. chunks.Select(c => (fixture.Chunk(c), c))]);

    private static async Task<(List<uint> Durable, List<ChunkRefusal> Refused)> UploadAsync(
        MediaVault.MediaVaultClient vault, MediaFixture fixture, ulong generation, params (ReadOnlyMemory<byte> Content, uint Chunk)[] chunks)
    {
        using var call = vault.Upload(cancellationToken: Cancellation);
        foreach (var (content, chunk) in chunks)
            await call.RequestStream.WriteAsync(Message(fixture, generation, chunk, content), Cancellation);
        await call.RequestStream.CompleteAsync();
        return await AnswersAsync(call);
    }

    private static async Task<(List<uint> Durable, List<ChunkRefusal> Refused)> AnswersAsync(AsyncDuplexStreamingCall<UploadRequest, UploadAnswer> call)
    {
        var durable = new List<uint>();
        var refused = new List<ChunkRefusal>();
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            durable.AddRange(call.ResponseStream.Current.DurableChunks);
            refused.AddRange(call.ResponseStream.Current.Refused);
        }
        return (durable, refused);
    }

    private static UploadRequest Message(MediaFixture fixture, ulong generation, uint chunk, ReadOnlyMemory<byte> content) => new()
    {
        ManifestIndex = fixture.Index,
        Generation = generation,
        Chunk = chunk,
        Content = UnsafeByteOperations.UnsafeWrap(content),
    };

    private static async Task<RpcException> Expect(RefusalCode code, Func<Task> act)
    {
        var end = await Assert.ThrowsAnyAsync<RpcException>(act);
        Assert.Equal(RefusalMap.Of(code).Grpc, end.StatusCode);
        Assert.Equal((uint)code, Refusal.Parser.ParseFrom(end.Trailers.GetValueBytes(RefusalMap.Trailer)).Code);
        return end;
    }
}
