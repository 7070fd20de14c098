using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class PublishTests
{
    [Fact]
    public void The_example_of_3_1_1()
    {
        // Figure 3.11 of the specification: topic a/b, packet identifier 10.
        var copy = AnyPacket.ThereAndBack<PublishCopy>("32 07 | 00 03 'a/b' 00 0A", MqttVersion.V311);

        Assert.Equal(("a/b", QoS.AtLeastOnce, 10), (copy.Message.Topic, copy.Form.QoS, copy.Form.PacketId));
        Assert.True(copy.Message.Payload.IsEmpty);
    }

    [Fact]
    public void QoS_0_has_no_packet_identifier() // MQTT5-2.2.1-2
    {
        var copy = AnyPacket.ThereAndBack<PublishCopy>("31 07 | 00 01 't' | 00 | 'xyz'", MqttVersion.V5);

        Assert.Equal((0, true), (copy.Form.PacketId, copy.Form.Retain));
        Assert.Equal("xyz"u8, copy.Message.Payload.Span);
    }

    [Fact]
    public void A_duplicate_of_QoS_2()
    {
        var copy = AnyPacket.ThereAndBack<PublishCopy>("3C 06 | 00 01 't' FF FF 09", MqttVersion.V311);

        Assert.Equal((QoS.ExactlyOnce, true, ushort.MaxValue), (copy.Form.QoS, copy.Form.IsDuplicate, copy.Form.PacketId));
    }

    [Fact]
    public void Every_property_that_a_server_may_send()
    {
        var copy = AnyPacket.ThereAndBack<PublishCopy>(
            "34 31 | 00 01 't' 00 01 | 2A 23 00 07 01 01 02 00 00 00 3C 03 00 04 'json' 08 00 03 'r/1' 09 00 02 01 00"
            + "26 00 01 'k' 00 03 E6 B2 B3 0B 05 0B 80 01 | 'p'",
            MqttVersion.V5, PacketSender.Server);

        Assert.Equal(((ushort)7, true, 60u), (copy.Form.TopicAlias, copy.Message.IsText, copy.Form.ExpirySeconds));
        Assert.Equal(("json", "r/1"), (copy.Message.ContentType, copy.Message.ResponseTopic));
        Assert.Equal([1, 0], copy.Message.CorrelationData!.Value.ToArray());
        Assert.Equal([new UserProperty("k", "河")], copy.Message.UserProperties);
        Assert.Equal([5u, 128u], copy.Form.SubscriptionIdentifiers!);
    }

    [Fact]
    public void An_alias_may_stand_for_the_topic()
    {
        var copy = AnyPacket.ThereAndBack<PublishCopy>("30 07 | 00 00 | 03 23 00 01 | 'p'", MqttVersion.V5);

        Assert.True(copy.Form.OmitTopic);
        Assert.Equal(1, copy.Form.TopicAlias);
    }

    [Fact]
    public void The_topic_resolved_from_an_alias_goes_into_the_message()
    {
        PacketReader.TryRead(new ReadOnlySequence<byte>(Wire.Bytes("30 07 00 00 03 23 00 01 'p'")), MqttVersion.V5, 100, out var frame, out _);
        Assert.True(PublishParser.TryParse(frame, MqttVersion.V5, PacketSender.Client, out var packet, out _));

        Assert.Equal("a/b", packet.ToMessage("a/b").Topic);
    }

    [Theory]
    [InlineData(0x36, "00 01 't' 00 01", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-3.3.1-4")]
    [InlineData(0x38, "00 01 't'", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-3.3.1-2")]
    [InlineData(0x32, "00 01 't' 00 00", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-2.3.1-1")]
    [InlineData(0x32, "00 01 't' 00", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData(0x30, "00 05 't'", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData(0x30, "", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData(0x30, "00 00 'p'", MqttVersion.V311, ReasonCode.TopicNameInvalid, "MQTT3-4.7.3-1")]
    [InlineData(0x30, "00 03 'a/+'", MqttVersion.V311, ReasonCode.TopicNameInvalid, "MQTT3-3.3.2-2")]
    [InlineData(0x30, "00 01 '#'", MqttVersion.V311, ReasonCode.TopicNameInvalid, "MQTT3-3.3.2-2")]
    [InlineData(0x30, "00 02 C0 80", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-1.5.3-1")]
    [InlineData(0x30, "00 01 00", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-1.5.3-2")]
    [InlineData(0x36, "00 01 't' 00 01 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-3.3.1-4")]
    [InlineData(0x38, "00 01 't' 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-3.3.1-2")]
    [InlineData(0x34, "00 01 't' 00 00 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-2.2.1-3")]
    [InlineData(0x30, "00 00 00 'p'", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 3.3.2.1")]
    [InlineData(0x30, "00 01 '+' 00", MqttVersion.V5, ReasonCode.TopicNameInvalid, "MQTT5-3.3.2-2")]
    [InlineData(0x30, "00 01 't'", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    [InlineData(0x30, "00 01 't' 03 23 00 00", MqttVersion.V5, ReasonCode.TopicAliasInvalid, "MQTT5-3.3.2-8")]
    [InlineData(0x30, "00 01 't' 02 0B 01", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.3.4-6")]
    [InlineData(0x30, "00 01 't' 04 08 00 01 '#'", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.3.2-14")]
    [InlineData(0x30, "00 01 't' 03 08 00 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-4.7.3-1")]
    [InlineData(0x30, "00 01 't' 02 01 02", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData(0x30, "00 01 't' 06 23 00 01 23 00 01", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData(0x30, "00 01 't' 03 22 00 01", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData(0x30, "00 01 't' 09 02 00 00 00 01", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5 2.2.2.1")]
    [InlineData(0x30, "00 01 't' 04 03 00 05 'x'", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    [InlineData(0x30, "00 01 't' 81 00 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-1.5.5-1")]
    public void What_is_refused(byte first, string body, MqttVersion version, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(first, body), version, reason, statement);

    [Fact]
    public void A_subscription_identifier_of_0_is_refused_from_a_server_too() =>
        AnyPacket.Refuse(Wire.Packet(0x30, "00 01 't' 02 0B 00"), MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 3.8.2.1.2", PacketSender.Server);

    [Fact]
    public void On_3_1_1_nothing_of_5_0_is_written()
    {
        var message = new ApplicationMessage { Topic = "t", IsText = true, ContentType = "x", UserProperties = [new("a", "b")], Payload = new byte[] { 1 } };
        var form = new PublishForm(QoS.AtMostOnce) { TopicAlias = 3, OmitTopic = true, ExpirySeconds = 1, SubscriptionIdentifiers = [1] };

        Assert.Equal(Wire.Bytes("30 04 00 01 't' 01"), AnyPacket.Format(new PublishCopy(message, form), MqttVersion.V311));
    }

    [Fact]
    public void A_publish_larger_than_the_receiver_takes_is_not_written() // MQTT5-3.1.2-24: its properties are part of the message
    {
        var message = new ApplicationMessage { Topic = "t", UserProperties = [new("a", "b")], Payload = new byte[100] };
        var copy = new PublishCopy(message, new PublishForm(QoS.AtMostOnce));
        var size = AnyPacket.Format(copy, MqttVersion.V5).Length;

        Assert.Equal(size, AnyPacket.Format(copy, MqttVersion.V5, size).Length);
        Assert.Empty(AnyPacket.Format(copy, MqttVersion.V5, size - 1));
    }

    [Fact]
    public void A_large_payload_follows_its_header()
    {
        var payload = Enumerable.Range(0, 70_000).Select(i => (byte)i).ToArray();
        var bytes = AnyPacket.Format(new PublishCopy(new ApplicationMessage { Topic = "t", Payload = payload }, new PublishForm(QoS.AtMostOnce)), MqttVersion.V311);

        Assert.Equal(Wire.Bytes("30 F3 A2 04 00 01 't'"), bytes[..7]);
        Assert.Equal(payload, bytes[7..]);
    }

    [Fact]
    public void Mistakes_of_the_caller_are_told_before_anything_is_written()
    {
        var output = new ArrayBufferWriter<byte>();
        var message = new ApplicationMessage { Topic = "t" };

        Assert.ThrowsAny<ArgumentException>(() => PacketFormatter.WritePublish(output, MqttVersion.V5, message, new PublishForm(QoS.AtLeastOnce)));
        Assert.ThrowsAny<ArgumentException>(() => PacketFormatter.WritePublish(output, MqttVersion.V5, message, new PublishForm(QoS.AtMostOnce) { OmitTopic = true }));
        foreach (var bad in new[] { "a\0b", "\uD800", new string('x', 65_536) })
            Assert.ThrowsAny<ArgumentException>(() => PacketFormatter.WritePublish(output, MqttVersion.V5, message with { Topic = bad }, new PublishForm(QoS.AtMostOnce)));
        Assert.Equal(0, output.WrittenCount);
    }
}
