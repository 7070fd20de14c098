using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class PacketReader
{
    private const int LargestHeaderBytes = 1 + VariableInteger.LargestBytes;

    /// <summary>
    /// Looks at the fixed header. The limit is tested as soon as the length can be read, before any of the body is awaited.
    /// Flags and packet type are checked; of the body only that PINGREQ, PINGRESP and the DISCONNECT of 3.1.1 have none.
    /// </summary>
    public static FrameStatus TryRead(
        in ReadOnlySequence<byte> buffer, MqttVersion version, int maximumPacketBytes, out PacketFrame frame, out ProtocolViolation violation)
    {
        frame = default;
        violation = default;
        Span<byte> copied = stackalloc byte[LargestHeaderBytes];
        scoped var header = buffer.FirstSpan;
        if (header.Length < LargestHeaderBytes && !buffer.IsSingleSegment)
        {
            var start = buffer.Slice(0, Math.Min(LargestHeaderBytes, buffer.Length));
            start.CopyTo(copied);
            header = copied[..(int)start.Length];
        }

        if (header.IsEmpty)
            return FrameStatus.NeedMore;
        if (!IsFirstByteAllowed(header[0], version, out violation))
            return FrameStatus.Violation;

        var status = TryReadLength(header[1..], version, out var remaining, out var lengthBytes, out violation);
        if (status != FrameStatus.Frame)
            return status;
        var packetBytes = 1 + lengthBytes + remaining;
        if (packetBytes > maximumPacketBytes)
        {
            violation = Violations.TooLarge;
            return FrameStatus.Violation;
        }

        var type = (PacketType)(header[0] >> 4);
        if (remaining > 0 && HasNoBody(type, version))
        {
            violation = Violations.TrailingBytes(version);
            return FrameStatus.Violation;
        }

        if (buffer.Length < packetBytes)
            return FrameStatus.NeedMore;
        frame = new PacketFrame(type, (byte)(header[0] & 0x0F), buffer.Slice(1 + lengthBytes, remaining), packetBytes);
        return FrameStatus.Frame;
    }

    private static FrameStatus TryReadLength(
        ReadOnlySpan<byte> bytes, MqttVersion version, out int value, out int lengthBytes, out ProtocolViolation violation)
    {
        value = 0;
        violation = default;
        for (lengthBytes = 0; lengthBytes < bytes.Length && lengthBytes < VariableInteger.LargestBytes;)
        {
            var next = bytes[lengthBytes];
            value |= (next & 0x7F) << (7 * lengthBytes);
            lengthBytes++;
            if ((next & 0x80) != 0)
                continue;
            if (next == 0 && lengthBytes > 1)
            {
                violation = version == MqttVersion.V5
                    ? Violations.LengthNotMinimal
                    : new ProtocolViolation(ReasonCode.MalformedPacket, "MQTT3 2.2.3", Violations.LengthNotMinimal.Detail);
                return FrameStatus.Violation;
            }

            return FrameStatus.Frame;
        }

        if (lengthBytes < VariableInteger.LargestBytes)
            return FrameStatus.NeedMore;
        violation = version == MqttVersion.V5
            ? Violations.LengthTooLong
            : new ProtocolViolation(ReasonCode.MalformedPacket, "MQTT3 2.2.3", Violations.LengthTooLong.Detail);
        return FrameStatus.Violation;
    }

    private static bool HasNoBody(PacketType type, MqttVersion version) =>
        type is PacketType.Pingreq or PacketType.Pingresp || (type == PacketType.Disconnect && version == MqttVersion.V311);

    private static bool IsFirstByteAllowed(byte first, MqttVersion version, out ProtocolViolation violation)
    {
        violation = default;
        var type = (PacketType)(first >> 4);
        if (type == 0 || (type == PacketType.Auth && version == MqttVersion.V311))
        {
            violation = Violations.Malformed(version, "MQTT3 2.2.1", "MQTT5 2.1.2", "the packet type is reserved");
            return false;
        }

        if (type == PacketType.Publish || (first & 0x0F) == ReservedFlags(type))
            return true;
        violation = type switch
        {
            PacketType.Pubrel => Violations.Malformed(version, "MQTT3-3.6.1-1", "MQTT5-3.6.1-1", "the reserved flags of PUBREL are not 0010"),
            PacketType.Subscribe =>
                Violations.Malformed(version, "MQTT3-3.8.1-1", "MQTT5-3.8.1-1", "the reserved flags of SUBSCRIBE are not 0010"),
            PacketType.Unsubscribe =>
                Violations.Malformed(version, "MQTT3-3.10.1-1", "MQTT5-3.10.1-1", "the reserved flags of UNSUBSCRIBE are not 0010"),
            PacketType.Disconnect =>
                Violations.Malformed(version, "MQTT3-3.14.1-1", "MQTT5-3.14.1-1", "the reserved flags of DISCONNECT are not 0"),
            PacketType.Auth => Violations.Malformed(version, "MQTT3 2.2.1", "MQTT5-3.15.1-1", "the reserved flags of AUTH are not 0"),
            _ => Violations.Malformed(version, "MQTT3-2.2.2-2", "MQTT5-2.1.3-1", "the reserved flags of the fixed header are not 0"),
        };
        return false;
    }

    /// <summary>Table 2.2 of both specifications.</summary>
    public static byte ReservedFlags(PacketType type) =>
        type is PacketType.Pubrel or PacketType.Subscribe or PacketType.Unsubscribe ? (byte)0b0010 : (byte)0;
}
