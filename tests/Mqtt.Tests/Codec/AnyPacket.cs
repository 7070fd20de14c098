using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>Whatever packet it is: the right parser, the right formatter.</summary>
internal static class AnyPacket
{
    /// <summary>A packet or the violation; the buffer holds one whole frame.</summary>
    public static object? Parse(
        in ReadOnlySequence<byte> buffer, MqttVersion version, PacketSender sender, out ProtocolViolation violation,
        int maximumPacketBytes = PacketLimits.LargestPacketBytes)
    {
        var status = PacketReader.TryRead(buffer, version, maximumPacketBytes, out var frame, out violation);
        Assert.Equal(status == FrameStatus.Violation, violation.Statement is not null);
        if (status != FrameStatus.Frame)
            return null;
        var packet = Parse(frame, version, sender, out violation);
        if (packet is null != violation.Statement is not null)
            Assert.Fail($"either a packet or a violation: {packet} {violation}");
        return packet;
    }

    public static object Parse(string wire, MqttVersion version, PacketSender sender = PacketSender.Client)
    {
        var packet = Parse(new ReadOnlySequence<byte>(Wire.Bytes(wire)), version, sender, out var violation);
        Assert.True(packet is not null, violation.ToString());
        return packet;
    }

    public static T Parse<T>(string wire, MqttVersion version, PacketSender sender = PacketSender.Client) =>
        Assert.IsType<T>(Parse(wire, version, sender));

    public static ProtocolViolation Refuse(byte[] packet, MqttVersion version, PacketSender sender = PacketSender.Client)
    {
        Assert.Null(Parse(new ReadOnlySequence<byte>(packet), version, sender, out var violation));
        Assert.True(violation.Statement is not null, "neither packet nor violation");
        Assert.NotEmpty(violation.Detail);
        Assert.Equal(violation, RefuseInPieces(packet, version, sender));
        return violation;
    }

    public static void Refuse(byte[] packet, MqttVersion version, ReasonCode reason, string statement, PacketSender sender = PacketSender.Client)
    {
        var violation = Refuse(packet, version, sender);
        Assert.Equal((reason, statement), (violation.Reason, violation.Statement));
    }

    public static byte[] Format(object packet, MqttVersion version, int maximumPacketBytes = PacketLimits.LargestPacketBytes)
    {
        var output = new ArrayBufferWriter<byte>();
        var written = packet switch
        {
            ConnectPacket connect => PacketFormatter.WriteConnect(output, connect),
            ConnackPacket connack => PacketFormatter.WriteConnack(output, version, connack, maximumPacketBytes),
            PublishCopy publish => PacketFormatter.WritePublish(output, version, publish.Message, publish.Form, maximumPacketBytes),
            AckPacket ack => PacketFormatter.WriteAck(output, version, ack, maximumPacketBytes),
            SubscribePacket subscribe => PacketFormatter.WriteSubscribe(output, version, subscribe, maximumPacketBytes),
            SubackPacket suback => PacketFormatter.WriteSuback(output, version, suback, maximumPacketBytes),
            UnsubscribePacket unsubscribe => PacketFormatter.WriteUnsubscribe(output, version, unsubscribe, maximumPacketBytes),
            UnsubackPacket unsuback => PacketFormatter.WriteUnsuback(output, version, unsuback, maximumPacketBytes),
            PacketType.Pingreq => PacketFormatter.WritePingreq(output),
            PacketType.Pingresp => PacketFormatter.WritePingresp(output),
            DisconnectPacket disconnect => PacketFormatter.WriteDisconnect(output, version, disconnect, maximumPacketBytes),
            AuthPacket auth => PacketFormatter.WriteAuth(output, auth, maximumPacketBytes),
            _ => throw new ArgumentOutOfRangeException(nameof(packet), packet, null),
        };
        Assert.Equal(output.WrittenCount, written);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The vector is read, and what was read is written as the vector.</summary>
    public static T ThereAndBack<T>(string wire, MqttVersion version, PacketSender sender = PacketSender.Client)
    {
        var packet = Parse<T>(wire, version, sender);
        Assert.Equal(Convert.ToHexString(Wire.Bytes(wire)), Convert.ToHexString(Format(packet!, version)));
        return packet;
    }

    private static ProtocolViolation RefuseInPieces(byte[] packet, MqttVersion version, PacketSender sender)
    {
        Assert.Null(Parse(Pieces.OneByteEach(packet), version, sender, out var violation));
        return violation;
    }

    private static object? Parse(in PacketFrame frame, MqttVersion version, PacketSender sender, out ProtocolViolation violation)
    {
        violation = default;
        switch (frame.Type)
        {
            case PacketType.Connect:
                return ConnectParser.TryParse(frame, out var connect, out _, out violation) ? connect : null;
            case PacketType.Connack:
                return ConnackParser.TryParse(frame, version, out var connack, out violation) ? connack : null;
            case PacketType.Publish:
                return PublishParser.TryParse(frame, version, sender, out var publish, out violation) ? PublishCopy.Of(publish) : null;
            case PacketType.Puback or PacketType.Pubrec or PacketType.Pubrel or PacketType.Pubcomp:
                return AckParser.TryParse(frame, version, out var ack, out violation) ? ack : null;
            case PacketType.Subscribe:
                return SubscribeParser.TryParse(frame, version, out var subscribe, out violation) ? subscribe : null;
            case PacketType.Suback:
                return SubackParser.TryParse(frame, version, out var suback, out violation) ? suback : null;
            case PacketType.Unsubscribe:
                return UnsubscribeParser.TryParse(frame, version, out var unsubscribe, out violation) ? unsubscribe : null;
            case PacketType.Unsuback:
                return UnsubackParser.TryParse(frame, version, out var unsuback, out violation) ? unsuback : null;
            case PacketType.Disconnect:
                return DisconnectParser.TryParse(frame, version, sender, out var disconnect, out violation) ? disconnect : null;
            case PacketType.Auth:
                return AuthParser.TryParse(frame, out var auth, out violation) ? auth : null;
            default:
                return frame.Type;
        }
    }
}
