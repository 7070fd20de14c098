using System.Text;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.EndToEnd.Tests.Durability.Devices;

/// <summary>Takes messages at QoS 2: the effect is had when a packet id comes that is not held, and the id is let go at PUBREL (section 4.3.3, receiver, method B of 3.1.1).</summary>
internal sealed class ExactSubscriber(string clientId, string filter, MqttVersion version) : IDevice
{
    private readonly PersistentWire _wire = new(clientId, version);
    private readonly HashSet<ushort> _held = [];
    private bool _isSubscribed;

    /// <summary>What its application was given, in order.</summary>
    public List<int> Effects { get; } = [];

    /// <summary>How often it fell silent before the answer to a PUBLISH, after it, before the answer to a PUBREL, after it.</summary>
    public int[] Silences { get; } = new int[4];

    public async Task ConnectAsync(int port)
    {
        await _wire.ConnectAsync(port);
        if (_isSubscribed)
            return;
        await _wire.SendAsync(RawPackets.Subscribe(filter, QoS.ExactlyOnce, version: version));
        Assert.Equal(9, (await _wire.ReadAsync()).Type);
        _isSubscribed = true;
    }

    /// <summary>What is owed comes by itself.</summary>
    public Task FinishAsync() => Task.CompletedTask;

    /// <summary>Takes some packets and falls silent before or after its last answer.</summary>
    public async Task GoOnAsync(Random random)
    {
        var (count, answers) = (random.Next(1, 12), random.Next(2) == 0);
        for (var taken = 1; taken <= count; taken++)
        {
            var isPublish = await TakeAsync(isAnswered: answers || taken < count);
            if (taken == count)
                Silences[(isPublish ? 0 : 2) + (answers ? 1 : 0)]++;
        }
    }

    public async Task TakeAllAsync(int count)
    {
        while (Effects.Count < count || _held.Count > 0)
            await TakeAsync(isAnswered: true);
    }

    public void Dispose() => _wire.Dispose();

    private async Task<bool> TakeAsync(bool isAnswered)
    {
        var packet = await _wire.ReadAsync();
        var id = packet.Id;
        if (packet.Type == 6)
        {
            _held.Remove(id);
            if (isAnswered)
                await _wire.SendAsync(RawPackets.Pubcomp(id));
            return false;
        }
        Assert.True(packet.Type == 3, $"{clientId}: {packet.Hex}");
        if (_held.Add(id))
            Effects.Add(int.Parse(Encoding.UTF8.GetString(packet.Payload(version).Span)));
        else
            Assert.True((packet.First & 8) != 0, $"{clientId}: {id} is held, and was sent again without DUP");
        if (isAnswered)
            await _wire.SendAsync(RawPackets.Pubrec(id));
        return true;
    }
}
