using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.EndToEnd.Tests.Durability.Devices;

/// <summary>Publishes numbered messages at QoS 1, many in flight, and sends what has no PUBACK again, in order, on the next connection.</summary>
internal sealed class OrderedPublisher(string clientId, string topic, MqttVersion version) : IDevice
{
    private const int Window = 20;

    private readonly PersistentWire _wire = new(clientId, version);
    private readonly Queue<int> _unanswered = new();

    public string ClientId => clientId;

    public int Count { get; private set; }

    public List<int> Acknowledged { get; } = [];

    public async Task ConnectAsync(int port)
    {
        await _wire.ConnectAsync(port);
        await _wire.SendAsync([.. _unanswered.Select(number => Publish(number, isRepeated: true))]);
    }

    public async Task FinishAsync()
    {
        while (_unanswered.Count > 0)
            await TakeAnswerAsync();
    }

    public async Task GoOnAsync(Random random)
    {
        var begun = Enumerable.Range(Count + 1, random.Next(1, Window + 1)).ToList();
        Count += begun.Count;
        begun.ForEach(_unanswered.Enqueue);
        await _wire.SendAsync([.. begun.Select(number => Publish(number, isRepeated: false))]);
        for (var left = random.Next(begun.Count + 1); _unanswered.Count > left;)
            await TakeAnswerAsync();
    }

    public void Dispose() => _wire.Dispose();

    private async Task TakeAnswerAsync()
    {
        var packet = await _wire.ReadAsync();
        Assert.True((packet.Type, packet.Id, packet.Reason) == (4, PacketIdOf(_unanswered.Peek()), 0), $"{clientId}: {packet.Hex} for {_unanswered.Peek()}");
        Acknowledged.Add(_unanswered.Dequeue());
    }

    private byte[] Publish(int number, bool isRepeated) => RawPackets.Publish(topic, $"{number}", QoS.AtLeastOnce, PacketIdOf(number), version, isRepeated);

    private static ushort PacketIdOf(int number) => (ushort)(1 + (number % (2 * Window)));
}
