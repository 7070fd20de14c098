using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>One PUBLISH as the intake sees it: slices of the connection's buffer, which are gone when <see cref="IIntakeSession.TakeAsync"/> has returned.</summary>
public readonly ref struct IntakePublish
{
    private readonly PublishPacket _packet;

    internal IntakePublish(in PublishPacket packet, byte[] topic)
    {
        _packet = packet;
        Topic = topic;
    }

    /// <summary>The same object as long as the connection publishes to the same topic: what was made of it need not be made again.</summary>
    public byte[] Topic { get; }

    public ReadOnlySequence<byte> Payload => _packet.Payload;

    public QoS QoS => _packet.QoS;

    public bool IsDuplicate => _packet.IsDuplicate;

    /// <summary>0 on QoS 0.</summary>
    public ushort PacketId => _packet.PacketId;

    /// <summary>False on 3.1.1 and where the publisher sent none.</summary>
    public bool HasProperties => !_packet.Properties.IsEmpty;

    /// <summary>Copies; for the few publishes whose properties matter.</summary>
    public ApplicationMessage ReadProperties() => (_packet with { Payload = default }).ToMessage(string.Empty);
}
