using System.Net;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Sampling;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>The HJ 212 source of an agent: real spool, real sockets, a clock that stands still.</summary>
internal sealed class Hj212Fixture : IAsyncDisposable
{
    public const string Mn = "010000A8900016F000169DC0";
    public const string OtherMn = "010000A8900016F000169DC1";

    /// <summary>2026-11-28 16:00 in China.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 28, 8, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string?> _settings;
    private ServiceProvider _parts = null!; // OpenAsync
    private CancellationTokenSource _stopping = null!;
    private Task _running = Task.CompletedTask;

    private Hj212Fixture(Dictionary<string, string?> settings, string? root)
    {
        _settings = settings;
        Root = root ?? Directory.CreateTempSubdirectory("hj212-").FullName;
    }

    public string Root { get; }

    public FakeTimeProvider Time { get; } = new(Start);

    public IPEndPoint Address { get; private set; } = null!; // OpenAsync

    public T Get<T>() where T : notnull => _parts.GetRequiredService<T>();

    /// <param name="setUp">False: nothing is asked of a station that connects.</param>
    public static async Task<Hj212Fixture> CreateAsync(bool setUp = false, string? root = null, params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(s => s.Key, string? (s) => s.Value);
        all["Hj212:SetUpStations"] = setUp ? "true" : "false";
        var fixture = new Hj212Fixture(all, root);
        await fixture.OpenAsync();
        return fixture;
    }

    public Task<TestStation> ConnectAsync(string mn = Mn) => TestStation.ConnectAsync(Address, mn);

    public async Task ReopenAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public async Task CloseAsync()
    {
        await _stopping.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await _parts.DisposeAsync();
        _stopping.Dispose();
    }

    public IReadOnlyList<Record> Records(string mn = Mn) =>
        [.. Get<AgentSpool>().All.SelectMany(s => s.ReadFrom(1, int.MaxValue, long.MaxValue)).Select(r =>
        {
            Assert.True(EnvelopeReader.TryRead(r.Envelope, out var opened));
            return opened.Record!;
        }).Where(r => r.SourceDevice == mn)];

    public IReadOnlyList<ReadingBatch> Batches(string mn = Mn) =>
        [.. Records(mn).Where(r => r.BodyCase == Record.BodyOneofCase.ReadingBatch).Select(r => r.ReadingBatch)];

    public IReadOnlyList<DeviceEvent> Events(DeviceEventKind kind, string mn = Mn) =>
        [.. Records(mn).Where(r => r.BodyCase == Record.BodyOneofCase.DeviceEvent).Select(r => r.DeviceEvent).Where(e => e.Kind == kind)];

    public IReadOnlyList<DeviceExchange> Exchanges(string mn = Mn) =>
        [.. Records(mn).Where(r => r.BodyCase == Record.BodyOneofCase.DeviceExchange).Select(r => r.DeviceExchange)];

    /// <summary>After CloseAsync: the next process of the same station.</summary>
    public Task OpenAgainAsync() => OpenAsync();

    private async Task OpenAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agent:Producer"] = "dock-test",
            ["Agent:DataDirectory"] = Path.Combine(Root, "agent"),
            ["Agent:DeclaredPersistent"] = "true",
            ["Hj212:Listen:0"] = "127.0.0.1:0",
            ["Hj212:Stations:0:Mn"] = Mn,
            ["Hj212:Stations:0:Name"] = "3号排口",
            ["Hj212:Stations:0:Factors:0:Code"] = "w01018",
            ["Hj212:Stations:0:Factors:0:Unit"] = "g/L",
            ["Hj212:Stations:1:Mn"] = OtherMn,
            ["Hj212:Stations:1:Password"] = "secret",
        }).AddInMemoryCollection(_settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging().AddMetrics().AddAgentOptions().AddStation().AddDock().AddHj212();
        services.AddSingleton<StationStartup>();
        _parts = services.BuildServiceProvider();
        await Get<StationStartup>().OpenAsync(TestContext.Current.CancellationToken);
        _stopping = new CancellationTokenSource();
        var loops = _parts.GetServices<IAgentLoop>().Where(l => l is Hj212Pump or GapPump or SamplePump);
        _running = Task.WhenAll(loops.Select(l => l.RunAsync(_stopping.Token)));
        Address = await Get<Hj212Pump>().Listeners[0].Bound.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Root, recursive: true);
    }
}
