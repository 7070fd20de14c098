using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Backup;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Tests.Door;
using EdgeEnforcement.SegmentLog;
using Grpc.Core;
using LedgerClient = EdgeEnforcement.Contracts.V1.Ledger.LedgerClient;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Backup;

public sealed class BackupTests : IDisposable
{
    private const string NewName = "edgeenforcement.local/shard-1-restored";

    private readonly BackupWorld _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    /// <summary>A ledger with sealed segments and a stored file, its back-up, and what came after the back-up.</summary>
    private async Task<(List<(byte[] Envelope, Receipt Receipt)> Kept, List<(byte[] Envelope, Receipt Receipt)> Lost, Sha256Hash Media)> BackUpAsync()
    {
        var app = await BackupWorld.StartAsync(_world.Data);
        await _world.RegisterAsync(app);
        var kept = await _world.ReportAsync(app, 60);
        var media = await _world.StoreAsync(app, [.. Enumerable.Range(0, 5000).Select(i => (byte)i)]);
        await BackupWorld.SignedAsync(app, BackupWorld.Get<ILedgerReader>(app).DurableSize);
        await BackupWorld.RunWellAsync("backup", _world.Data, _world.Target, "--media", "--keys-to", _world.Keys);
        var lost = await _world.ReportAsync(app, 20);
        await BackupWorld.StopAsync(app);
        return (kept, lost, media);
    }

    [Fact]
    public async Task A_restored_ledger_is_read_and_proved_takes_nothing_and_goes_on_under_a_new_origin()
    {
        var (kept, lost, media) = await BackUpAsync();
        await BackupWorld.RunWellAsync("restore", _world.Target, _world.Restored);
        await BackupWorld.RunWellAsync("verify", _world.Restored);
        ulong size;
        byte[] oldNote;

        var readOnly = await BackupWorld.StartAsync(_world.Restored);
        using (var channel = BackupWorld.Channel(readOnly))
        {
            var ledger = new LedgerClient(channel);
            var answer = await ledger.GetCheckpointAsync(new GetCheckpointRequest(), cancellationToken: Cancellation);
            Assert.True(LedgerFollower.TryCreate(BackupWorld.FirstOrigin, answer.VerifierKey, answer.Note.Span, out var follower));
            (size, oldNote) = (follower.Last!.Size, answer.Note.ToByteArray());
            Assert.InRange(size, kept[^1].Receipt.Index + 1, lost[0].Receipt.Index);
            await AssertProvedAsync(ledger, kept[^1].Receipt, follower.Last);
            // A stream that is refused at once may end before the hello is written; then the status is all there is.
            Assert.Equal(StatusCode.Unavailable,
                (await Assert.ThrowsAsync<RpcException>(async () => await ReportClient.OpenAsync(channel, "dock-1", Cancellation))).StatusCode);
            await AssertReadOnlyAsync(async () => await new MediaVault.MediaVaultClient(channel).BeginAsync(new BeginRequest { ManifestIndex = 1 }));
            await AssertReadOnlyAsync(async () => await new Acts.ActsClient(channel).AcknowledgeAlertAsync(new AcknowledgeAlertRequest()));
            await AssertReadOnlyAsync(() => _world.RegisterAsync(readOnly));
            Assert.Equal(size, BackupWorld.Get<ILedgerReader>(readOnly).DurableSize);
            await BackupWorld.RefusedAsync("lock", "open-new-origin", _world.Restored, "--origin", NewName);
        }
        await BackupWorld.StopAsync(readOnly);
        Assert.Equal(oldNote, await File.ReadAllBytesAsync(new LedgerPaths(_world.Restored).LastSigned, Cancellation));

        await BackupWorld.RefusedAsync("before", "open-new-origin", _world.Restored, "--origin", BackupWorld.FirstOrigin);
        await BackupWorld.RunWellAsync("open-new-origin", _world.Restored, "--origin", NewName, "--by", "保管员", "--reason", "disk burnt");
        await BackupWorld.RunWellAsync("verify", _world.Restored);
        await BackupWorld.RefusedAsync("before", "open-new-origin", _world.Restored, "--origin", NewName);

        await using var app = await BackupWorld.StartAsync(_world.Restored);
        using (var channel = BackupWorld.Channel(app))
        {
            var ledger = new LedgerClient(channel);
            await AssertGoesOnFromAsync(ledger, size, oldNote);

            using var stream = await ReportClient.OpenAsync(channel, "dock-1", Cancellation);
            foreach (var (envelope, receipt) in kept)
            {
                var again = (await stream.AskAsync(envelope)).Receipt;
                Assert.Equal((ReceiptCode.Duplicate, NewName, receipt.Index, receipt.Leaf), (again.Code, again.Origin, again.Index, again.Leaf));
            }
            foreach (var (envelope, _) in lost)
                Assert.Equal(ReceiptCode.Appended, (await stream.AskAsync(envelope)).Receipt.Code);
        }
        using (var http = new HttpClient { BaseAddress = new Uri(app.Urls.ElementAt(1)) })
            Assert.Contains(NewName, await http.GetStringAsync("/ledger/checkpoint", Cancellation), StringComparison.Ordinal);
        await app.StopAsync(Cancellation);
        await BackupWorld.RunWellAsync("verify", _world.Restored);
        Assert.Equal(5000, new FileInfo(BackupWorld.ObjectIn(_world.Restored, media)).Length);
    }

    /// <summary>The new origin begins where the restored entries end, and its first entry cites the old one's last checkpoint.</summary>
    private static async Task AssertGoesOnFromAsync(LedgerClient ledger, ulong size, byte[] oldNote)
    {
        var origins = (await ledger.GetOriginsAsync(new GetOriginsRequest(), cancellationToken: Cancellation)).Origins;
        Assert.Equal([(BackupWorld.FirstOrigin, 0UL), (NewName, size)], origins.Select(o => (o.Origin, o.FromSize)));
        var opened = await ledger.GetEntryAsync(new GetEntryRequest { Index = size }, cancellationToken: Cancellation);
        Assert.True(EnvelopeReader.TryRead(opened.Envelope.Memory, out var fact));
        Assert.Equal(
            (NewName, BackupWorld.FirstOrigin, size, "保管员", "disk burnt"),
            (fact.Record!.OriginOpened.Origin, fact.Record.OriginOpened.PreviousOrigin, fact.Record.OriginOpened.RestoredSize, fact.Record.OriginOpened.By, fact.Record.OriginOpened.Reason));
        Assert.Equal(oldNote, fact.Record.OriginOpened.PreviousCheckpoint.ToByteArray());
    }

    [Fact]
    public async Task A_configured_origin_that_is_not_the_datas_own_is_refused()
    {
        await BackUpAsync();
        await BackupWorld.RunWellAsync("restore", _world.Target, _world.Restored);
        await BackupWorld.RunWellAsync("open-new-origin", _world.Restored, "--origin", NewName);

        await BackupWorld.StartRefusedAsync(NewName, _world.Restored, "somebody.else/shard-9");
    }

    [Fact]
    public async Task Keys_lie_apart_readable_by_their_owner_only_and_never_in_the_back_up()
    {
        await BackUpAsync();

        var key = Assert.Single(Directory.GetFiles(_world.Keys));
        Assert.Equal(await File.ReadAllTextAsync(new LedgerPaths(_world.Data).CheckpointKey, Cancellation), await File.ReadAllTextAsync(key, Cancellation));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        foreach (var file in Directory.GetFiles(_world.Target, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
        await BackupWorld.RefusedAsync("beside a back-up", "backup", _world.Data, _world.Target, "--keys-to", Path.Combine(_world.Target, "keys"));
    }

    [Fact]
    public async Task What_is_not_empty_is_not_restored_into()
    {
        await BackUpAsync();
        Directory.CreateDirectory(Path.Combine(_world.Restored, "anything"));

        await BackupWorld.RefusedAsync("not empty", "restore", _world.Target, _world.Restored);
        await BackupWorld.RefusedAsync("not empty", "restore", _world.Target, _world.Data);
    }

    [Fact]
    public async Task A_flipped_bit_in_any_file_of_a_back_up_is_named_and_nothing_starts_on_what_was_copied()
    {
        await BackUpAsync();
        foreach (var file in Directory.GetFiles(_world.Target, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancellation);
            var damaged = bytes.ToArray();
            damaged[damaged.Length / 2] ^= 4;
            await File.WriteAllBytesAsync(file, damaged, Cancellation);

            await BackupWorld.RefusedAsync(Path.GetFileName(file), "restore", _world.Target, _world.Restored);

            await File.WriteAllBytesAsync(file, bytes, Cancellation);
            if (!Directory.Exists(_world.Restored))
                continue;
            await BackupWorld.StartRefusedAsync("did not end", _world.Restored);
            await BackupWorld.RefusedAsync("did not end", "open-new-origin", _world.Restored, "--origin", NewName);
            Directory.Delete(_world.Restored, recursive: true);
        }
        await BackupWorld.RunWellAsync("restore", _world.Target, _world.Restored);
    }

    [Fact]
    public async Task A_back_up_without_its_end_or_without_a_file_is_refused()
    {
        await BackUpAsync();
        var manifest = Path.Combine(_world.Target, BackupManifest.FileName);
        var whole = await File.ReadAllTextAsync(manifest, Cancellation);
        await File.WriteAllTextAsync(manifest, whole[..(whole.LastIndexOf('\n', whole.Length - 2) + 1)], Cancellation);
        await BackupWorld.RefusedAsync(BackupManifest.FileName, "restore", _world.Target, _world.Restored);
        File.Delete(manifest);
        await BackupWorld.RefusedAsync("no finished back-up", "restore", _world.Target, _world.Restored);
        await File.WriteAllTextAsync(manifest, whole, Cancellation);
        var segment = Directory.GetFiles(Path.Combine(_world.Target, "ledger", "segments")).Order().First();
        File.Delete(segment);
        await BackupWorld.RefusedAsync(Path.GetFileName(segment), "restore", _world.Target, _world.Restored);
    }

    [Fact]
    public async Task A_second_back_up_copies_what_is_new_and_what_was_erased()
    {
        await BackUpAsync();
        var segments = Path.Combine(_world.Target, "ledger", "segments");
        var first = Directory.GetFiles(segments).Order().ToArray();
        Assert.True(first.Length > 4, "the ledger has sealed segments");
        var before = first.ToDictionary(f => f, File.GetLastWriteTimeUtc);
        await BackupWorld.RunWellAsync("backup", _world.Data, _world.Target, "--media");
        Assert.True(Directory.GetFiles(segments).Length > first.Length);
        Assert.All(first[..^1], file => Assert.Equal(before[file], File.GetLastWriteTimeUtc(file)));
        await BackupWorld.RunWellAsync("restore", _world.Target, _world.Restored);

        // As erasure does it: the body's bytes are gone, the file's length is as it was.
        var source = new LedgerPaths(_world.Data).Segments;
        var erased = Path.Combine(source, Path.GetFileName(first[1]));
        using (var writer = SegmentWriter.Open(new PhysicalFileSystem(), source, new SegmentLogOptions(), Guid.Empty, RecoveryFloor.None, out _))
            writer.EraseBody(writer.Reader.SegmentStarts[1]);
        var bytes = await File.ReadAllBytesAsync(erased, Cancellation);
        Assert.NotEqual(bytes, await File.ReadAllBytesAsync(first[1], Cancellation));
        new LedgerBackup(new PhysicalFileSystem(), new LedgerPaths(_world.Data), _world.Target, TimeProvider.System, TextWriter.Null).Run(withMedia: true);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(first[1], Cancellation));
        Assert.All(first[2..^1], file => Assert.Equal(before[file], File.GetLastWriteTimeUtc(file)));
    }

    [Fact]
    public async Task A_back_up_of_another_ledger_is_not_written_over()
    {
        await BackUpAsync();
        var other = Path.Combine(_world.Data, "..", "other");
        await BackupWorld.StopAsync(await BackupWorld.StartAsync(other));

        await BackupWorld.RefusedAsync("not an earlier one", "backup", other, _world.Target);
        await BackupWorld.RefusedAsync("other files", "backup", other, _world.Keys);
        await BackupWorld.RunWellAsync("restore", _world.Target, _world.Restored);
    }

    private static async Task AssertReadOnlyAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        Assert.Contains("READ_ONLY", refused.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task AssertProvedAsync(LedgerClient ledger, Receipt receipt, Checkpoint checkpoint)
    {
        var proof = await ledger.GetInclusionProofAsync(new InclusionProofRequest { Index = receipt.Index, TreeSize = checkpoint.Size }, cancellationToken: Cancellation);
        Assert.True(ProofPath.TryParse(proof.Path, out var path));
        Assert.Equal(ProofFinding.Proven, RecordProof.Check(receipt.Leaf.Span, receipt.Index, path, checkpoint));
    }
}
