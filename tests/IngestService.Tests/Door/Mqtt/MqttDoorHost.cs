using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Door;
using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Door.Mqtt;
using EdgeEnforcement.IngestService.Door.Presence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.Mqtt.Server;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Mqtt.Tests.Server;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Door.Mqtt;

/// <summary>The MQTT door on a real socket, over a real ledger and a real session log, each on a disk of its own; killed and started again.</summary>
internal sealed class MqttDoorHost : IAsyncDisposable, IProducerKeys
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _rules = Path.Combine(Directory.CreateTempSubdirectory("mqtt-door-").FullName, "rules.json");
    private readonly Dictionary<string, ProducerKey> _keys = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private MqttDoorStep? _step;
    private int _folds;

    private MqttDoorHost(string rules) => File.WriteAllText(_rules, rules);

    public LedgerFixture Ledger { get; } = new();

    public ShadowFileSystem Sessions { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public LedgerCore Core { get; private set; } = null!; // opened with the host

    public int Port { get; private set; }

    public PresencePump PresencePump => _app!.Services.GetRequiredService<PresencePump>();

    public MqttServer Server => _app!.Services.GetRequiredService<MqttServer>();

    public static string Open => """{ "rules": [ { "client": "*", "publish": ["#"], "subscribe": ["#"] } ] }""";

    public static async Task<MqttDoorHost> StartAsync(string? rules = null, Action<LedgerFixture>? configure = null)
    {
        var host = new MqttDoorHost(rules ?? Open);
        configure?.Invoke(host.Ledger);
        await host.StartAsync();
        return host;
    }

    /// <summary>As after kill -9: what was written is there, flushed or not.</summary>
    public async Task KillAndRestartAsync()
    {
        Ledger.Disk.CutPower();
        Sessions.CutPower();
        await CloseAsync(isDead: true);
        Ledger.Disk.RestartProcess();
        Sessions.RestartProcess();
        await StartAsync();
    }

    /// <summary>As after a power cut: what was not flushed is gone.</summary>
    public async Task CutPowerAndRestartAsync()
    {
        Ledger.Disk.CutPower();
        Sessions.CutPower();
        await CloseAsync(isDead: true);
        Ledger.Disk.Crash(CrashMode.Drop, 0);
        Sessions.Crash(CrashMode.Drop, 0);
        await StartAsync();
    }

    public async Task<RawClient> ConnectAsync(
        string clientId, EdgeEnforcement.Mqtt.MqttVersion version = EdgeEnforcement.Mqtt.MqttVersion.V5, bool clean = true, byte[]? properties = null)
    {
        var client = await RawClient.OpenAsync(Port);
        Assert.Equal(0, (await client.ConnectAsync(clientId, version, clean, properties: properties)).Body[1]);
        return client;
    }

    /// <summary>As the fleet projection would know it.</summary>
    public Producer Register(string name)
    {
        var key = SigningKey.Create();
        _keys[name] = new ProducerKey(name, KeyIds.Of(key.Spki), key.Spki, 0);
        return new Producer(name, key);
    }

    public ProducerKey? Find(string producer) => _keys.GetValueOrDefault(producer);

    public IReadOnlyList<LedgerEntry> Entries =>
        [.. Core.Reader.ReadFrom(new EntryIndex(0), int.MaxValue).Where(entry =>
            entry.Leaf.Origin is LeafOrigin.Producer || entry.Leaf.Type == Record.DeviceMessageFieldNumber)];

    public IReadOnlyList<DeviceMessage> Messages =>
        [.. Entries.Where(entry => entry.Leaf.Type == Record.DeviceMessageFieldNumber).Select(entry => LedgerDouble.Body(entry).DeviceMessage)];

    public IReadOnlyList<DevicePresence> Presence =>
        [.. Core.Reader.ReadFrom(new EntryIndex(0), int.MaxValue).Where(entry => entry.Leaf.Type == Record.DevicePresenceFieldNumber)
            .Select(entry => LedgerDouble.Body(entry).DevicePresence)];

    public static async Task WaitAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Ledger.Disk.BeforeFlush = null;
        await CloseAsync(isDead: false);
        Directory.Delete(Path.GetDirectoryName(_rules)!, recursive: true);
    }

    /// <summary>The fleet projection as a rebuild of the ledger gives it.</summary>
    public PresenceReader Folded()
    {
        var file = new SqliteFile(Path.Combine(Path.GetDirectoryName(_rules)!, $"fleet-{_folds++}.db"));
        using var fold = new ProjectionFold(file, new FleetProjection(new ProducerKeys()), 0);
        foreach (var entry in Core.Reader.ReadFrom(new EntryIndex(0), int.MaxValue))
            fold.Take(entry);
        fold.Flush();
        return new PresenceReader(file);
    }

    /// <summary>Beats hearts and presence, second by second: what is due in each is decided before the next.</summary>
    public async Task PassAsync(int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Server.TickAsync();
            await PresencePump.TickAsync();
        }
    }

    /// <summary>What the ledger has of a client, in its order.</summary>
    public string Presences(string clientId) => string.Join(' ', Presence.SelectMany(entry => entry.Changes)
        .Where(change => change.ClientId == clientId).Select(change => change.State + (change.Reason == 0 ? "" : $":{change.Reason}")));

    /// <summary>The clock stands: until a socket's end has come through.</summary>
    public async Task SettleAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        await PresencePump.TickAsync();
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
            await PresencePump.TickAsync();
        }
    }

    private async Task StartAsync()
    {
        Core = await Ledger.OpenAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Hosting:DataDirectory"] = "/data", ["Door:Mqtt:Port"] = "0", ["Door:Mqtt:AccessFile"] = _rules, ["Mqtt:Broker:SegmentBytes"] = "1048576",
        });
        builder.Logging.ClearProviders();
        var services = builder.Services;
        services.AddSingleton<IFileSystem>(Sessions);
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(Core.Appender);
        services.AddSingleton(Core.Facts);
        services.AddSingleton(Core.Messages);
        services.AddSingleton(Core.Marks);
        services.AddSingleton(Core.Reader);
        services.AddSingleton(Core.Proofs);
        services.AddSingleton<IProducerKeys>(this);
        services.AddSingleton<IPresenceMemory>(Folded());
        services.AddOptions<HostingOptions>().BindConfiguration(HostingOptions.Section);
        services.AddSingleton<HostFate>();
        services.AddDoor();
        services.AddMqttDoor();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenForMqtt(new MqttDoorOptions { Port = 0 }));
        _app = builder.Build();
        _step = _app.Services.GetServices<IStartupStep>().OfType<MqttDoorStep>().Single();
        await _step.StartAsync(TestContext.Current.CancellationToken);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Port = new Uri(address).Port;
    }

    private async Task CloseAsync(bool isDead)
    {
        if (_app is not { } app || _step is null)
            return;
        _app = null;
        var stopping = _step.StopAsync(CancellationToken.None);
        while (!stopping.IsCompleted)
        {
            // Who waits for a client that does not close is ended by the heart, which this clock beats.
            Time.Advance(MqttServer.Beat);
            await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }
        await stopping;
        await app.DisposeAsync();
        try
        {
            await Core.DisposeAsync();
        }
        catch (IOException) when (isDead)
        {
            // It wanted to sign what it had: the disk takes nothing any more.
        }
    }
}
