using System.Diagnostics.Metrics;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests;

/// <summary>A station on real directories with a clock that stands still. Reopen makes the next process of the same station.</summary>
public sealed class StationFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private ServiceProvider _parts = null!; // OpenAsync, which every factory calls

    private readonly Dictionary<string, string?> _settings;

    private StationFixture(Dictionary<string, string?> settings)
    {
        _settings = settings;
        Root = Directory.CreateTempSubdirectory("station-").FullName;
    }

    public string Root { get; }

    internal FakeTimeProvider Time { get; } = new(Start);

    internal Bay[] Bays { get; private set; } = [];

    public static async Task<StationFixture> CreateAsync(Dictionary<string, string?>? settings = null)
    {
        var station = new StationFixture(settings ?? []);
        await station.OpenAsync();
        return station;
    }

    public string BayPath(int bay) => Path.Combine(Root, "bays", bay.ToString());

    internal T Get<T>() where T : notnull => _parts.GetRequiredService<T>();

    public async Task ReopenAsync()
    {
        await _parts.DisposeAsync();
        await OpenAsync();
    }

    public string Put(int bay, string path, byte[] content, DateTimeOffset? modified = null)
    {
        var file = Path.Combine(BayPath(bay), path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        File.SetLastWriteTimeUtc(file, (modified ?? Start.AddMinutes(-10)).UtcDateTime);
        return file;
    }

    public void PullOut(int bay) => Directory.Delete(BayPath(bay), recursive: true);

    /// <summary>Calls back, on the scanning thread, as soon as a file is in station custody and before the next one is begun.</summary>
    public IDisposable OnFileTaken(Action taken)
    {
        var meters = Get<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == "edge_agent.files_taken")
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => taken());
        listener.Start();
        return listener;
    }

    public async Task ScanAsync(int times = 1, int bay = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Bays[bay - 1].ScanAsync(TestContext.Current.CancellationToken);
        }
    }

    public IReadOnlyList<Record> P0() =>
        [.. Get<AgentSpool>().All.Where(s => s.Class == RecordClass.P0).SelectMany(s => s.ReadFrom(1, int.MaxValue, long.MaxValue)).Select(r =>
        {
            Assert.True(EnvelopeReader.TryRead(r.Envelope, out var opened));
            Assert.True(EnvelopeVerifier.Verify(opened, Get<ProducerKey>().Key.Spki));
            return opened.Record!;
        })];

    public IReadOnlyList<MediaManifest> Manifests() =>
        [.. P0().Where(r => r.BodyCase == Record.BodyOneofCase.MediaManifest).Select(r => r.MediaManifest)];

    public IReadOnlyList<CustodyEvent> Custody(CustodyEventKind kind) =>
        [.. P0().Where(r => r.BodyCase == Record.BodyOneofCase.CustodyEvent).Select(r => r.CustodyEvent).Where(e => e.Kind == kind)];

    private async Task OpenAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agent:Producer"] = "dock-test",
            ["Agent:DataDirectory"] = Path.Combine(Root, "agent"),
            ["Agent:DeclaredPersistent"] = "true",
            ["Dock:Bays:0:Number"] = "1",
            ["Dock:Bays:0:Path"] = BayPath(1),
            ["Dock:Bays:1:Number"] = "2",
            ["Dock:Bays:1:Path"] = BayPath(2),
        }).AddInMemoryCollection(_settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging().AddMetrics().AddAgentOptions().AddStation().AddDock();
        services.AddSingleton<StationStartup>();
        _parts = services.BuildServiceProvider();
        await Get<StationStartup>().OpenAsync(TestContext.Current.CancellationToken);
        await Get<StationStartup>().SettleAsync(TestContext.Current.CancellationToken);
        Bays = [.. Get<DockPump>().Bays];
    }

    internal MediaCatalog Catalog => Get<MediaCatalog>();

    public async ValueTask DisposeAsync()
    {
        await _parts.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
