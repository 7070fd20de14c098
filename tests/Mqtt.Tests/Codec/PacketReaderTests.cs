using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class PacketReaderTests
{
    [Theory]
    [InlineData("00 00", MqttVersion.V311, "MQTT3 2.2.1")]
    [InlineData("00 00", MqttVersion.V5, "MQTT5 2.1.2")]
    [InlineData("F0 00", MqttVersion.V311, "MQTT3 2.2.1")]
    [InlineData("11 00", MqttVersion.V5, "MQTT5-2.1.3-1")]
    [InlineData("28 00", MqttVersion.V311, "MQTT3-2.2.2-2")]
    [InlineData("41 02 00 01", MqttVersion.V5, "MQTT5-2.1.3-1")]
    [InlineData("60 02 00 01", MqttVersion.V311, "MQTT3-3.6.1-1")]
    [InlineData("60 02 00 01", MqttVersion.V5, "MQTT5-3.6.1-1")]
    [InlineData("80 00", MqttVersion.V311, "MQTT3-3.8.1-1")]
    [InlineData("83 00", MqttVersion.V5, "MQTT5-3.8.1-1")]
    [InlineData("A0 00", MqttVersion.V311, "MQTT3-3.10.1-1")]
    [InlineData("A6 00", MqttVersion.V5, "MQTT5-3.10.1-1")]
    [InlineData("C0 80 00", MqttVersion.V5, "MQTT5-1.5.5-1")]
    [InlineData("C0 80 00", MqttVersion.V311, "MQTT3 2.2.3")]
    [InlineData("30 83 80 00", MqttVersion.V5, "MQTT5-1.5.5-1")]
    [InlineData("30 80 80 80 80 01", MqttVersion.V5, "MQTT5 1.5.5")]
    [InlineData("30 FF FF FF FF", MqttVersion.V311, "MQTT3 2.2.3")]
    public void What_is_refused(string wire, MqttVersion version, string statement) =>
        AnyPacket.Refuse(Wire.Bytes(wire), version, ReasonCode.MalformedPacket, statement);

    [Theory]
    [InlineData("30 7F", 1 + 1 + 127)]
    [InlineData("30 80 01", 1 + 2 + 128)]
    [InlineData("30 FF 7F", 1 + 2 + 16_383)]
    [InlineData("30 80 80 01", 1 + 3 + 16_384)]
    [InlineData("30 80 80 80 01", 1 + 4 + 2_097_152)]
    [InlineData("30 FF FF FF 7F", 1 + 4 + 268_435_455)]
    public void The_limit_is_tested_when_the_length_is_known(string header, int packetBytes)
    {
        var bytes = Wire.Bytes(header);

        Assert.Equal(FrameStatus.NeedMore, Read(bytes, packetBytes, out _));
        Assert.Equal(FrameStatus.Violation, Read(bytes, packetBytes - 1, out var violation));
        Assert.Equal(ReasonCode.PacketTooLarge, violation.Reason);
    }

    [Theory]
    [InlineData("30 80")]
    [InlineData("30 FF FF FF")]
    [InlineData("30")]
    [InlineData("")]
    public void A_length_that_has_not_come_yet_is_awaited(string header)
    {
        Assert.Equal(FrameStatus.NeedMore, Read(Wire.Bytes(header), 100, out _));
        Assert.Equal(FrameStatus.NeedMore, PacketReader.TryRead(Pieces.OneByteEach(Wire.Bytes(header)), MqttVersion.V5, 100, out _, out _));
    }

    [Fact]
    public void A_wrong_first_byte_is_told_without_waiting_for_the_second() =>
        Assert.Equal(FrameStatus.Violation, Read([0x61], 100, out _));

    [Fact]
    public void The_next_packet_begins_where_the_frame_ends()
    {
        var buffer = Pieces.OneByteEach(Wire.Bytes("40 02 00 01 | C0 00"));

        Assert.Equal(FrameStatus.Frame, PacketReader.TryRead(buffer, MqttVersion.V5, 100, out var first, out _));
        Assert.Equal((PacketType.Puback, 4, 2L), (first.Type, first.LengthBytes, first.Body.Length));
        Assert.Equal(FrameStatus.Frame, PacketReader.TryRead(buffer.Slice(first.End), MqttVersion.V5, 100, out var second, out _));
        Assert.Equal(PacketType.Pingreq, second.Type);
        Assert.Equal(0, buffer.Slice(second.End).Length);
    }

    private static FrameStatus Read(byte[] bytes, int maximumPacketBytes, out ProtocolViolation violation) =>
        PacketReader.TryRead(new ReadOnlySequence<byte>(bytes), MqttVersion.V5, maximumPacketBytes, out _, out violation);
}
