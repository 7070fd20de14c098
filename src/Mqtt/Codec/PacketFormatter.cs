using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>
/// Packets to bytes. The exact length is known before the first byte is written. Every method says how many bytes it wrote; 0 means that the packet
/// does not fit into the receiver's Maximum Packet Size, even without reason string and user properties where those may be left out
/// (MQTT5-3.2.2-19 and -20, 3.4.2-2 and -3, and so on for each acknowledgement), and that nothing was written.
/// Text that no packet can carry (U+0000, a lone surrogate, more than 65,535 bytes) is the caller's mistake: <see cref="ArgumentException"/>,
/// before anything is written. What <c>RequestProblemInformation</c> forbids to say, the caller leaves out.
/// </summary>
internal static class PacketFormatter
{
    private const int ShortAckBytes = 4;

    public static int WriteConnect(IBufferWriter<byte> output, ConnectPacket packet)
    {
        if (packet is { Version: MqttVersion.V311, Password: not null, UserName: null })
            throw new ArgumentException("a password needs a user name (MQTT3-3.1.2-22)", nameof(packet));
        return BodyFormatter.Write(output, PacketType.Connect, new ConnectBody(packet), PacketLimits.LargestPacketBytes);
    }

    public static int WriteConnack(
        IBufferWriter<byte> output, MqttVersion version, ConnackPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        BodyFormatter.Write(output, PacketType.Connack, new ConnackBody(packet, version), maximumPacketBytes);

    public static int WritePublish(
        IBufferWriter<byte> output, MqttVersion version, ApplicationMessage message, in PublishForm form,
        int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        PublishFormatter.Write(output, version, message, form, maximumPacketBytes);

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP.</summary>
    public static int WriteAck(
        IBufferWriter<byte> output, MqttVersion version, in AckPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(packet.PacketId, nameof(packet));
        var isBare = packet is { Reason: ReasonCode.Success, ReasonString: null, UserProperties: null };
        if (version == MqttVersion.V5 && !isBare)
            return BodyFormatter.Write(output, packet.Type, new AckBody(packet), maximumPacketBytes);
        if (ShortAckBytes > maximumPacketBytes)
            return 0;
        var sink = new SpanSink(output.GetSpan(ShortAckBytes));
        sink.Byte((byte)(((int)packet.Type << 4) | PacketReader.ReservedFlags(packet.Type)));
        sink.Byte(sizeof(ushort));
        sink.UInt16(packet.PacketId);
        output.Advance(ShortAckBytes);
        return ShortAckBytes;
    }

    public static int WriteSubscribe(
        IBufferWriter<byte> output, MqttVersion version, SubscribePacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(packet.PacketId, nameof(packet));
        ArgumentOutOfRangeException.ThrowIfZero(packet.Entries.Count, nameof(packet));
        return BodyFormatter.Write(output, PacketType.Subscribe, new SubscribeBody(packet, version), maximumPacketBytes);
    }

    public static int WriteSuback(
        IBufferWriter<byte> output, MqttVersion version, SubackPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        BodyFormatter.Write(output, PacketType.Suback, new SubackBody(packet, version), maximumPacketBytes);

    public static int WriteUnsubscribe(
        IBufferWriter<byte> output, MqttVersion version, UnsubscribePacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(packet.PacketId, nameof(packet));
        ArgumentOutOfRangeException.ThrowIfZero(packet.Filters.Count, nameof(packet));
        return BodyFormatter.Write(output, PacketType.Unsubscribe, new UnsubscribeBody(packet, version), maximumPacketBytes);
    }

    public static int WriteUnsuback(
        IBufferWriter<byte> output, MqttVersion version, UnsubackPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        BodyFormatter.Write(output, PacketType.Unsuback, new UnsubackBody(packet, version), maximumPacketBytes);

    public static int WritePingreq(IBufferWriter<byte> output) => WriteEmpty(output, PacketType.Pingreq);

    public static int WritePingresp(IBufferWriter<byte> output) => WriteEmpty(output, PacketType.Pingresp);

    public static int WriteDisconnect(
        IBufferWriter<byte> output, MqttVersion version, DisconnectPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        BodyFormatter.Write(output, PacketType.Disconnect, new DisconnectBody(packet, version), maximumPacketBytes);

    public static int WriteAuth(
        IBufferWriter<byte> output, AuthPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes)
    {
        if (packet.AuthenticationMethod is null && packet != new AuthPacket())
            throw new ArgumentException("AUTH names its method (MQTT5 3.15.2.2.2)", nameof(packet));
        return BodyFormatter.Write(output, PacketType.Auth, new AuthBody(packet), maximumPacketBytes);
    }

    private static int WriteEmpty(IBufferWriter<byte> output, PacketType type)
    {
        var target = output.GetSpan(2);
        target[0] = (byte)((int)type << 4);
        target[1] = 0;
        output.Advance(2);
        return 2;
    }
}
