using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.EndToEnd.Tests.Durability.Devices;

/// <summary>Publishes numbered messages at QoS 2, one after another, on packet ids that come round soon; repeats on the next connection what section 4.4 demands.</summary>
internal sealed class ExactPublisher(string clientId, string topic, MqttVersion version) : IDevice
{
    private const int PacketIds = 3;
    private const byte NotFound = 0x92;

    private readonly PersistentWire _wire = new(clientId, version);

    /// <summary>Written before the packet goes out, read when the answer has come.</summary>
    public enum Step
    {
        Completed,
        Published,
        Received,
        Released,
    }

    public string ClientId => clientId;

    public string Topic => topic;

    /// <summary>Messages begun; they bear the numbers from 1.</summary>
    public int Count { get; private set; }

    /// <summary>What the client knew last.</summary>
    public Step At { get; private set; }

    private ushort PacketId => (ushort)(1 + (Count % PacketIds));

    public async Task ConnectAsync(int port)
    {
        await _wire.ConnectAsync(port);
        if (At == Step.Published)
            await PublishAsync(isRepeated: true);
        else if (At is Step.Received or Step.Released)
            await ReleaseAsync();
    }

    public async Task FinishAsync()
    {
        while (At != Step.Completed)
            await NextAsync();
    }

    public async Task GoOnAsync(Random random)
    {
        for (var whole = random.Next(4); whole > 0; whole--)
        {
            await NextAsync();
            await FinishAsync();
        }
        await NextAsync();
        for (var target = (Step)random.Next(4); At != target;)
            await NextAsync();
    }

    public void Dispose() => _wire.Dispose();

    private async Task NextAsync()
    {
        switch (At)
        {
            case Step.Completed:
                Count++;
                await PublishAsync(isRepeated: false);
                break;
            case Step.Published:
                var pubrec = await AnswerAsync(5);
                Assert.True(pubrec.Reason < 0x80, $"{clientId}: PUBREC says {pubrec.Hex}");
                At = Step.Received;
                break;
            case Step.Received:
                await ReleaseAsync();
                break;
            case Step.Released:
                var pubcomp = await AnswerAsync(7);
                Assert.True(pubcomp.Reason is 0 or NotFound, $"{clientId}: PUBCOMP says {pubcomp.Hex}");
                At = Step.Completed;
                break;
            default:
                throw new InvalidOperationException($"no step {At}");
        }
    }

    private Task PublishAsync(bool isRepeated)
    {
        At = Step.Published;
        return _wire.SendAsync(RawPackets.Publish(topic, $"{Count}", QoS.ExactlyOnce, PacketId, version, isRepeated));
    }

    private Task ReleaseAsync()
    {
        At = Step.Released;
        return _wire.SendAsync(RawPackets.Pubrel(PacketId));
    }

    private async Task<RawPacket> AnswerAsync(int type)
    {
        var packet = await _wire.ReadAsync();
        Assert.True((packet.Type, packet.Id) == (type, PacketId), $"{clientId} at {At} of {PacketId}: {packet.Hex}");
        return packet;
    }
}
