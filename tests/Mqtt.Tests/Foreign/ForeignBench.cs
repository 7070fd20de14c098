using System.Text.Json.Nodes;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.Mqtt.Tests.Foreign;

/// Our server, and one process of a foreign library with as many clients in it as the test names.
internal sealed class ForeignBench : IAsyncDisposable
{
    // Debian's own: the packages are in its folders, whatever other Python is on the path.
    private const string Python = "/usr/bin/python3";

    private readonly ForeignProgram _peer;
    private int _clientCount;

    private ForeignBench(MqttHost host, PeerKind kind, ForeignProgram peer)
    {
        Host = host;
        Kind = kind;
        _peer = peer;
    }

    public MqttHost Host { get; }

    public PeerKind Kind { get; }

    public bool IsV5 => Kind is PeerKind.Paho5 or PeerKind.MqttJs5;

    public bool IsPaho => Kind is PeerKind.Paho311 or PeerKind.Paho5;

    public static async Task<ForeignBench> StartAsync(PeerKind kind)
    {
        var host = await MqttHost.StartAsync();
        var isPaho = kind is PeerKind.Paho311 or PeerKind.Paho5;
        var script = Path.Combine(AppContext.BaseDirectory, "Foreign", "peers", isPaho ? "peer.py" : "peer.js");
        var peer = ForeignProgram.Start(isPaho ? Python : "node", [script, $"{host.Port}"], start =>
            start.Environment["NODE_PATH"] = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../foreign-clients/node_modules")));
        return new ForeignBench(host, kind, peer);
    }

    /// A client that is connected, or was refused. Another of the same id is another connection.
    public async Task<(ForeignClient Client, JsonObject Connack)> ConnectAsync(
        string id, bool clean = true, int keepAlive = 600, object? with = null)
    {
        var client = new ForeignClient(_peer, $"{id}-{++_clientCount}");
        await client.DoAsync("connect", new { id, version = IsV5 ? 5 : 4, clean, keepAlive }, with);
        return (client, await client.WaitAsync("connected"));
    }

    public async Task<ForeignClient> OpenAsync(string id, bool clean = true, int keepAlive = 600, object? with = null)
    {
        var (client, connack) = await ConnectAsync(id, clean, keepAlive, with);
        Assert.Equal(0, (int)connack["code"]!);
        return client;
    }

    public async Task<ForeignClient> WatchAsync(string filter, int qos = 1)
    {
        var watcher = await OpenAsync("watcher");
        await watcher.SubscribeAsync(filter, qos);
        return watcher;
    }

    /// The server has seen them go.
    public Task LeftAsync(int connections) => MqttHost.WaitAsync(() => Host.Server.ConnectionCount == connections);

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        await Host.DisposeAsync();
    }
}
