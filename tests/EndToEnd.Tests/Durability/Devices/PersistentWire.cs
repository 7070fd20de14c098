using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.EndToEnd.Tests.Durability.Devices;

/// <summary>The connections of one persistent session: clean start 0 each time, and from the second on the session must be there.</summary>
internal sealed class PersistentWire(string clientId, MqttVersion version) : IDisposable
{
    private static readonly byte[] ForAnHour = [0x11, 0, 0, 0x0E, 0x10];

    private RawClient? _client;

    public bool HasSession { get; private set; }

    public MqttVersion Version => version;

    public async Task ConnectAsync(int port)
    {
        Dispose();
        _client = await RawClient.OpenAsync(port);
        var connack = await _client.ConnectAsync(clientId, version, clean: false, properties: version == MqttVersion.V5 ? ForAnHour : null);
        Assert.Equal(0, connack.Body[1]);
        Assert.True(connack.Body[0] == 1 || !HasSession, $"the session of {clientId} is gone");
        HasSession = true;
    }

    public Task SendAsync(params byte[][] packets) => Client.SendAsync(packets);

    public Task<RawPacket> ReadAsync() => Client.ReadAsync();

    public void Dispose() => _client?.Dispose();

    private RawClient Client => _client ?? throw new InvalidOperationException("not connected");
}
