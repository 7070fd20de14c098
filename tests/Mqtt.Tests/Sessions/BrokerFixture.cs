using System.Text;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

/// A broker on a disk that can lose its power and a clock that stands.
internal sealed class BrokerFixture : IAsyncDisposable
{
    public const string Folder = "/sessions";

    private Broker? _broker;

    public ShadowFileSystem Disk { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    public BrokerOptions Options { get; } = new() { SegmentBytes = 1 << 20 };

    public PresenceLog Presence { get; } = new();

    public CountingMeters Meters { get; } = new();

    public Broker Broker => _broker ?? throw new InvalidOperationException("The broker is not open.");

    public static async Task<BrokerFixture> OpenNewAsync(Action<BrokerOptions>? configure = null)
    {
        var fixture = new BrokerFixture();
        configure?.Invoke(fixture.Options);
        fixture.Open();
        await fixture.SettleAsync();
        return fixture;
    }

    public static ApplicationMessage Message(string topic, string text, QoS qos = QoS.AtLeastOnce, bool retain = false, uint? expiry = null) => new()
    {
        Topic = topic,
        Payload = Encoding.UTF8.GetBytes(text),
        QoS = qos,
        Retain = retain,
        ExpirySeconds = expiry,
    };

    public void Open() => _broker = Broker.Open(Disk, Folder, Options, Presence, new BrokerMetrics(Meters), Time);

    public async Task CloseAsync()
    {
        var broker = Broker;
        _broker = null;
        await broker.DisposeAsync();
    }

    /// kill -9: the page cache stays.
    public async Task KillAsync()
    {
        Disk.CutPower();
        await CloseAsync();
        Disk.RestartProcess();
    }

    public async Task CutPowerAsync(CrashMode mode = CrashMode.Drop, int seed = 0)
    {
        Disk.CutPower();
        await CloseAsync();
        Disk.Crash(mode, seed);
    }

    public async Task RestartAsync()
    {
        await KillAsync();
        Open();
    }

    /// All that was asked before is decided, handed out and in a snapshot that was due when this returns. Twice, because the first may
    /// share the group of what came before it, and is then answered before the group's deliveries are handed out.
    public async Task SettleAsync()
    {
        await Broker.BookmarkAsync(0);
        await Broker.BookmarkAsync(0);
    }

    public async Task WaitAsync(Func<bool> condition)
    {
        while (!condition())
            await SettleAsync();
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        Time.Advance(by);
        await Broker.TickAsync(Time.GetUtcNow());
        await SettleAsync();
    }

    public Task TickAsync() => AdvanceAsync(TimeSpan.Zero);

    public async Task<TestClient> ConnectAsync(
        string clientId, bool clean = false, uint expiry = uint.MaxValue, MqttVersion version = MqttVersion.V5, ushort window = 100,
        WillMessage? will = null, TestClient? link = null)
    {
        var client = link ?? new TestClient(this);
        client.Opened = await Broker.OpenAsync(
            new SessionRequest
            {
                ClientId = clientId, Version = version, CleanStart = clean, ExpirySeconds = expiry, ReceiveMaximum = window, Will = will,
            },
            client, TestContext.Current.CancellationToken);
        if (client.Opened.Session is not null && !client.IsBusy)
            await client.ReadyAsync();
        return client;
    }

    public async Task<PublishOutcome> PublishAsync(
        string topic, string text, QoS qos = QoS.AtLeastOnce, bool retain = false, uint? expiry = null)
    {
        var outcome = await Broker.PublishAsync(null, Message(topic, text, qos, retain, expiry), 0, TestContext.Current.CancellationToken);
        await SettleAsync();
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
            await CloseAsync();
        Meters.Dispose();
    }
}
