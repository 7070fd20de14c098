using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Tests.Backup;
using EdgeEnforcement.IngestService.Tests.Door;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Golden;

/// <summary>
/// A data directory as a service of format version 1 left it: sealed segments, snapshots, tiles, tables, a media object. Every later
/// program must open it, prove it and go on with it.
/// </summary>
public sealed class GoldenTests : IDisposable
{
    private const string Version = "v1";
    private const string NewName = "edgeenforcement.local/golden-goes-on";
    private const int Records = 40;

    private readonly BackupWorld _world = new();

    private static string Golden => GoldenFolder.PathOf("IngestService.Tests", Version);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _world.Dispose();

    /// <summary>Writes the golden directory when asked to, else shows that what is there is small and holds no key.</summary>
    [Fact]
    public async Task The_directory_is_small_and_holds_no_key()
    {
        if (GoldenFolder.IsToBeMade)
            await MakeAsync();
        var files = Directory.GetFiles(Golden, "*", SearchOption.AllDirectories);
        Assert.True(files.Count(f => f.EndsWith(".seg", StringComparison.Ordinal)) > 3, "several segments");
        Assert.Contains(files, f => f.EndsWith(".sealed", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains("tile", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains("objects", StringComparison.Ordinal));
        Assert.Contains(files, f => f.EndsWith(".db", StringComparison.Ordinal));
        Assert.InRange(files.Sum(f => new FileInfo(f).Length), 1, 1 << 20);
        foreach (var file in files)
            Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_verified_goes_on_under_a_new_origin_and_is_verified_again()
    {
        GoldenFolder.Copy(Golden, _world.Data);
        var origins = LedgerOriginsFile.Read(new PhysicalFileSystem(), new LedgerPaths(_world.Data))!;
        await BackupWorld.RunWellAsync("verify", _world.Data, "--vkey", origins[0].VerifierKey);
        await BackupWorld.StartRefusedAsync("missing", _world.Data);
        await BackupWorld.RunWellAsync("open-new-origin", _world.Data, "--origin", NewName, "--reason", "golden");

        await using var app = await BackupWorld.StartAsync(_world.Data);
        var reader = BackupWorld.Get<ILedgerReader>(app);
        var known = reader.ReadFrom(new EntryIndex(0), int.MaxValue).First(e => e.Leaf is { Origin: LeafOrigin.Producer, Producer: "dock-1" });
        using (var channel = BackupWorld.Channel(app))
        {
            using var stream = await ReportClient.OpenAsync(channel, "dock-1", Cancellation);
            Assert.Equal((ReceiptCode.Duplicate, known.Index.Value), Answer((await stream.AskAsync(known.Envelope.ToArray())).Receipt));
            var producer = new Producer("dock-2", SigningKey.Create());
            await new Enrolment.EnrolmentClient(channel).RegisterAsync(Producer.Registration("dock-2", producer.Key), cancellationToken: Cancellation);
            using var second = await ReportClient.OpenAsync(channel, "dock-2", Cancellation);
            for (var i = 0; i < 20; i++)
                Assert.Equal(ReceiptCode.Appended, (await second.AskAsync(producer.SealedStatus())).Receipt.Code);
        }
        await BackupWorld.Get<IProjectionFeed>(app).WaitForAsync(reader.DurableSize, Cancellation);
        await app.StopAsync(Cancellation);
        await BackupWorld.RunWellAsync("verify", _world.Data);
    }

    private static (ReceiptCode, ulong) Answer(Receipt receipt) => (receipt.Code, receipt.Index);

    private async Task MakeAsync()
    {
        var app = await BackupWorld.StartAsync(_world.Data);
        await _world.RegisterAsync(app);
        await _world.ReportAsync(app, Records);
        await _world.StoreAsync(app, [.. Enumerable.Range(0, 3000).Select(i => (byte)i)]);
        using (var channel = BackupWorld.Channel(app))
        {
            using var stream = await ReportClient.OpenAsync(channel, "dock-1", Cancellation);
            var alert = new Record
            {
                Identity = new RecordIdentity { Producer = "dock-1", Epoch = 1, RecordClass = RecordClass.P0, Sequence = 1 },
                SourceDevice = "dock-1",
                FieldAlert = new FieldAlert { EpisodeId = "golden-1", Phase = EpisodePhase.Opened, Kind = AlertKind.Hazard, Rule = "manual", Title = "水位", Target = "T1" },
            };
            Assert.Equal(ReceiptCode.Appended, (await stream.AskAsync(_world.Producer.Seal(alert))).Receipt.Code);
        }
        await BackupWorld.Get<IProjectionFeed>(app).WaitForAsync(BackupWorld.Get<ILedgerReader>(app).DurableSize, Cancellation);
        await BackupWorld.StopAsync(app);
        if (Directory.Exists(Golden))
            Directory.Delete(Golden, recursive: true);
        GoldenFolder.Copy(_world.Data, Golden, "keys", "writer.lock");
    }
}
