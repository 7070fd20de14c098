using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>
/// Packets to bytes. The exact length is known before the first byte is written. Every method says how many bytes it wrote; 0 means that the packet
/// does not fit into the receiver's Maximum Packet Size, even without reason string and user properties where those may be left out, and that
/// nothing was written. Text that no packet can carry (U+0000, a lone surrogate, more than 65,535 bytes) is the caller's mistake:
/// <see cref="ArgumentException"/>, before anything is written.
/// </summary>
internal static class PacketFormatter
{
    public static int WriteConnect(IBufferWriter<byte> output, ConnectPacket packet) => throw new NotSupportedException();

    public static int WriteConnack(
        IBufferWriter<byte> output, MqttVersion version, ConnackPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        throw new NotSupportedException();

    public static int WritePublish(
        IBufferWriter<byte> output, MqttVersion version, ApplicationMessage message, in PublishForm form,
        int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        throw new NotSupportedException();

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP.</summary>
    public static int WriteAck(
        IBufferWriter<byte> output, MqttVersion version, in AckPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        throw new NotSupportedException();

    public static int WriteSubscribe(
        IBufferWriter<byte> output, MqttVersion version, SubscribePacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        throw new NotSupportedException();

    public static int WriteSuback(
        IBufferWriter<byte> output, MqttVersion version, SubackPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        throw new NotSupportedException();

    public static int WriteUnsubscribe(
        IBufferWriter<byte> output, MqttVersion version, UnsubscribePacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        throw new NotSupportedException();

    public static int WriteUnsuback(
        IBufferWriter<byte> output, MqttVersion version, UnsubackPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        throw new NotSupportedException();

    public static int WritePingreq(IBufferWriter<byte> output) => throw new NotSupportedException();

    public static int WritePingresp(IBufferWriter<byte> output) => throw new NotSupportedException();

    public static int WriteDisconnect(
        IBufferWriter<byte> output, MqttVersion version, DisconnectPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        throw new NotSupportedException();

    public static int WriteAuth(
        IBufferWriter<byte> output, AuthPacket packet, int maximumPacketBytes = PacketLimits.LargestPacketBytes) =>
        throw new NotSupportedException();
}
