using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Media.Hashing;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Faults;

/// <summary>
/// One file of one recorder is docked, over several lives of a whole station on a shadow disk. The recorder's disk is a real folder, and
/// its file is deleted as soon as the bay says "released": from then on the station has the only copy.
/// </summary>
/// <param name="root">A real folder of this scenario alone: the recorder, and the station's lock file.</param>
/// <param name="prepare">What comes before the path.</param>
/// <param name="work">The path.</param>
internal sealed class DockingScenario(string root, Func<DockingScenario, Task> prepare, Func<DockingScenario, Task> work) : IFaultScenario
{
    private const string Name = "TA00716_000001_20261121153000.dat";
    private const int ChunkBytes = 16 << 10;
    private const int MostScans = 25;

    private static readonly byte[] Content = MakeContent();

    private readonly FakeTimeProvider _time = new(StationFixture.Start);
    private ServiceProvider? _parts;
    private bool _released;

    /// <summary>Room for everything, and a number the station can reckon with.</summary>
    public ShadowFileSystem Disk { get; } = new() { FreeBytes = 1L << 40 };

    /// <summary>Stands between the station and the disk: a call that is left out.</summary>
    public Func<IFileSystem, IFileSystem> Between { get; init; } = static disk => disk;

    public int CopiedCount => Records().Count(r => r.CustodyEvent is { Kind: CustodyEventKind.StationCopied });

    private string Recorder => Path.Combine(root, "bay");

    private string Source => Path.Combine(Recorder, Name);

    private string Spooled => Path.Combine(root, "agent", "spool", "e000001", "p0");

    private T Get<T>() where T : notnull => (_parts ?? throw new InvalidOperationException("The station is not open.")).GetRequiredService<T>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task PrepareAsync()
    {
        Directory.CreateDirectory(Recorder);
        Directory.CreateDirectory(Path.Combine(root, "agent"));
        File.WriteAllBytes(Source, Content);
        File.SetLastWriteTimeUtc(Source, StationFixture.Start.AddMinutes(-10).UtcDateTime);
        return prepare(this);
    }

    public Task WorkAsync() => work(this);

    public async Task OpenAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agent:Producer"] = "dock-test",
            ["Agent:DataDirectory"] = Path.Combine(root, "agent"),
            ["Agent:DeclaredPersistent"] = "true",
            ["Dock:Bays:0:Number"] = "1",
            ["Dock:Bays:0:Path"] = Recorder,
        }).Build());
        services.AddSingleton<TimeProvider>(_time);
        services.AddLogging().AddMetrics().AddAgentOptions().AddStation().AddDock();
        services.AddSingleton<StationStartup>();
        services.AddSingleton(Between(Disk));
        services.AddSingleton(Intake);
        _parts = services.BuildServiceProvider();
        await Get<StationStartup>().OpenAsync(Cancellation);
        await Get<StationStartup>().SettleAsync(Cancellation);
    }

    // As the product's, with chunks so small that the file has several.
    private static FootageIntake Intake(IServiceProvider parts) => new(
        new StationCopier(parts.GetRequiredService<StationStore>()),
        new MediaFactsReader(TimeZoneInfo.Utc),
        parts.GetRequiredService<CustodyRecorder>(),
        parts.GetRequiredService<MediaCatalog>(),
        parts.GetRequiredService<SeenFiles>(),
        new IntakeSettings(
            "dock-test", parts.GetRequiredService<RecordingNameParser>(), MediaHashOptions.Default with { ChunkBytes = ChunkBytes },
            parts.GetRequiredService<StationStore>(), parts.GetRequiredService<TimeProvider>()));

    /// <summary>Scans as the dock's loop does, until the recorder is released and wiped.</summary>
    public async Task DockAsync()
    {
        var bay = Get<DockPump>().Bays[0];
        for (var scan = 0; scan < MostScans && bay.Phase != BayPhase.Released; scan++)
            try
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await bay.ScanAsync(Cancellation);
            }
            catch (Exception) when (Disk.FaultReached)
            {
                // The loop logs it and scans again.
            }

        if (bay.Phase == BayPhase.Released)
        {
            _released = true;
            File.Delete(Source);
        }
        else if (!Disk.FaultReached || (HasPower() && Disk.FaultedCall!.Path.Contains("/media/", StringComparison.Ordinal)))
            Assert.Fail($"the recorder is not released after {MostScans} scans: {bay.Snapshot.Remark}");
    }

    /// <summary>Docks until the manifest is durable; the power goes with the custody record that should follow it.</summary>
    public async Task DockUpToManifestAsync()
    {
        var appends = 0;
        // Inserted, clock measured, manifest, STATION_COPIED.
        Disk.Writing = (path, _) =>
        {
            if (path.StartsWith(Spooled, StringComparison.Ordinal) && ++appends == 4)
                Disk.CutPower();
        };
        await OpenBayAndFailAsync();
        Disk.Writing = null;
        await LetGoAsync();
        Disk.Crash(CrashMode.Drop);
    }

    private async Task OpenBayAndFailAsync()
    {
        try
        {
            for (var scan = 0; scan < MostScans; scan++)
                await Get<DockPump>().Bays[0].ScanAsync(Cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return;
        }
        Assert.Fail("the power was never cut");
    }

    private bool HasPower()
    {
        try
        {
            Disk.SyncDirectory("/");
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public async Task LetGoAsync()
    {
        if (_parts is not { } parts)
            return;
        _parts = null;
        try
        {
            await parts.DisposeAsync();
        }
        catch (IOException)
        {
            // The power is off.
        }
    }

    public async Task CheckAsync()
    {
        await OpenAsync();
        Hold();
        if (!_released)
            await DockAsync();
        Assert.True(_released);
        Hold();
        var records = Records();
        Assert.Single(records, r => r.MediaManifest is not null);
        Assert.Equal(1, CopiedCount);
        Assert.DoesNotContain(Disk.AllFiles(), f => f.Contains("/incoming/", StringComparison.Ordinal));
    }

    /// <summary>What the spool says, in the order it says it, is true of what a power cut would leave.</summary>
    public void Hold()
    {
        var durable = Disk.DurableCopy();
        var copy = Get<StationStore>().PathOf(Sha256Hash.Of(Content));
        var (manifests, copied) = (new HashSet<Sha256Hash>(), new HashSet<string>());
        var saysReleased = false;
        foreach (var record in Records())
        {
            if (record.MediaManifest is { } manifest)
            {
                Assert.True(durable.Exists(copy), "the spool has the manifest of a file that a power cut would take away");
                Assert.True(Content.AsSpan().SequenceEqual(durable.ReadAllBytes(copy)), "the spool has the manifest of a file that is not whole on disk");
                Assert.Equal(Sha256Hash.Of(Content).ToArray(), manifest.Digests[0].Value.ToByteArray());
                manifests.Add(PayloadOf(record));
            }
            else if (record.CustodyEvent is { } custody)
            {
                // The station's own disk failed, if anything: nothing was ever wrong with the recorder's file.
                Assert.False(custody.Kind is CustodyEventKind.FileRefused or CustodyEventKind.FileChanged, $"{custody.Kind}: {custody.Reason}");
                if (custody.Kind == CustodyEventKind.StationCopied)
                {
                    Assert.Contains(Sha256Hash.FromBytes(custody.ManifestSha256.Span), manifests);
                    copied.UnionWith(custody.Paths);
                }
                else if (custody.Kind == CustodyEventKind.RecorderReleased)
                {
                    saysReleased = true;
                    Assert.Equal([Name], custody.Paths);
                    Assert.Contains(Name, copied);
                }
            }
        }
        Assert.True(saysReleased || !_released, "the recorder went and the spool does not say so");
    }

    private Sha256Hash PayloadOf(Record record) => Get<MediaCatalog>().Where(e => e.Manifest.Equals(record.MediaManifest)).Single().ManifestHash;

    private List<Record> Records() => [.. Get<AgentSpool>().Find(1, RecordClass.P0)!.ReadFrom(1, int.MaxValue, long.MaxValue).Select(r =>
    {
        Assert.True(EnvelopeReader.TryRead(r.Envelope, out var opened));
        Assert.True(EnvelopeVerifier.Verify(opened, Get<ProducerKey>().Key.Spki));
        return opened.Record!;
    })];

    private static byte[] MakeContent()
    {
        var content = new byte[(2 * ChunkBytes) + 1000];
        new Random(7).NextBytes(content);
        return content;
    }
}
