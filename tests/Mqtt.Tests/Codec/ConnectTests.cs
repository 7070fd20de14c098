using System.Buffers;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class ConnectTests
{
    private const string Head3 = "00 04 'MQTT' 04 ";
    private const string Head5 = "00 04 'MQTT' 05 ";

    [Fact]
    public void The_smallest_of_3_1_1()
    {
        var packet = AnyPacket.ThereAndBack<ConnectPacket>("10 0D | 00 04 'MQTT' 04 02 00 3C | 00 01 'a'", MqttVersion.V311);

        Assert.Equal((MqttVersion.V311, "a", true, 60), (packet.Version, packet.ClientId, packet.CleanStart, packet.KeepAliveSeconds));
        Assert.Null(packet.UserName);
        Assert.Null(packet.Password);
        Assert.Null(packet.Will);
    }

    [Fact]
    public void The_example_of_3_1_1_with_everything()
    {
        // Figure 3.6 of the specification: user name, password, will retain, will QoS 1, will, clean session; keep-alive 10.
        var packet = AnyPacket.ThereAndBack<ConnectPacket>(
            "10 1D | 00 04 'MQTT' 04 EE 00 0A | 00 02 'id' 00 03 'w/t' 00 01 FF 00 01 'u' 00 02 'pw'", MqttVersion.V311);

        Assert.Equal(("id", "u", (ushort)10), (packet.ClientId, packet.UserName, packet.KeepAliveSeconds));
        Assert.Equal("pw"u8, packet.Password!.Value.Span);
        Assert.Equal(("w/t", QoS.AtLeastOnce, true), (packet.Will!.Message.Topic, packet.Will.Message.QoS, packet.Will.Message.Retain));
        Assert.Equal([0xFF], packet.Will.Message.Payload.ToArray());
    }

    [Fact]
    public void The_example_of_5_0_with_a_session_expiry()
    {
        // Figure 3-6 of the specification: keep-alive 10, Session Expiry Interval 10; no client identifier.
        var packet = AnyPacket.ThereAndBack<ConnectPacket>("10 12 | 00 04 'MQTT' 05 02 00 0A | 05 11 00 00 00 0A | 00 00", MqttVersion.V5);

        Assert.Equal((MqttVersion.V5, "", 10u), (packet.Version, packet.ClientId, packet.SessionExpirySeconds));
    }

    [Fact]
    public void Every_property_of_5_0()
    {
        var packet = AnyPacket.ThereAndBack<ConnectPacket>(
            "10 48 | 00 04 'MQTT' 05 C4 00 00"
            + "| 2A 11 FF FF FF FF 21 00 14 27 00 00 04 00 22 00 0A 19 01 17 00 26 00 01 'k' 00 01 'v' 26 00 01 'k' 00 00 15 00 01 'm' 16 00 02 01 02"
            + "| 00 01 'c' | 05 18 00 00 00 05 | 00 01 'w' | 00 00 | 00 01 'u' | 00 00",
            MqttVersion.V5);

        Assert.Equal((uint.MaxValue, (ushort)20, 1024u, (ushort)10), (packet.SessionExpirySeconds, packet.ReceiveMaximum, packet.MaximumPacketBytes, packet.TopicAliasMaximum));
        Assert.True(packet.RequestResponseInformation);
        Assert.False(packet.RequestProblemInformation);
        Assert.Equal([new UserProperty("k", "v"), new UserProperty("k", "")], packet.UserProperties);
        Assert.Equal(("m", 5u, 1024), (packet.AuthenticationMethod, packet.Will!.DelaySeconds, packet.PacketLimitBytes));
        Assert.Equal([1, 2], packet.AuthenticationData!.Value.ToArray());
        Assert.True(packet.Password is { IsEmpty: true });
    }

    [Fact]
    public void Every_property_of_a_will()
    {
        var packet = AnyPacket.ThereAndBack<ConnectPacket>(
            "10 3B | 00 04 'MQTT' 05 04 00 00 | 00 | 00 01 'c'"
            + "| 25 18 00 00 00 3C 01 01 02 00 00 00 07 03 00 04 'text' 08 00 03 'r/t' 09 00 02 00 FF 26 00 01 'a' 00 01 'b' | 00 01 'w' | 00 02 'hi'",
            MqttVersion.V5);

        var will = packet.Will!.Message;
        Assert.Equal((60u, true, 7u, "text", "r/t"), (packet.Will.DelaySeconds, will.IsText, will.ExpirySeconds, will.ContentType, will.ResponseTopic));
        Assert.Equal([0, 0xFF], will.CorrelationData!.Value.ToArray());
        Assert.Equal([new UserProperty("a", "b")], will.UserProperties);
    }

    [Fact]
    public void A_password_without_user_name_is_for_5_0_only() =>
        Assert.Equal(1, AnyPacket.ThereAndBack<ConnectPacket>("10 11 00 04 'MQTT' 05 42 00 00 00 00 01 'a' 00 01 'p'", MqttVersion.V5).Password!.Value.Length);

    [Theory]
    [InlineData(Head3 + "03 00 00 00 01 'a'", ReasonCode.MalformedPacket, "MQTT3-3.1.2-3")]
    [InlineData(Head3 + "1E 00 00 00 01 'a' 00 01 'w' 00 00", ReasonCode.MalformedPacket, "MQTT3-3.1.2-14")]
    [InlineData(Head3 + "0A 00 00 00 01 'a'", ReasonCode.MalformedPacket, "MQTT3-3.1.2-13")]
    [InlineData(Head3 + "22 00 00 00 01 'a'", ReasonCode.MalformedPacket, "MQTT3-3.1.2-15")]
    [InlineData(Head3 + "42 00 00 00 01 'a' 00 01 'p'", ReasonCode.MalformedPacket, "MQTT3-3.1.2-22")]
    [InlineData(Head3 + "00 00 00 00 00", ReasonCode.ClientIdentifierNotValid, "MQTT3-3.1.3-8")]
    [InlineData(Head3 + "82 00 00 00 01 'a'", ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData(Head3 + "02 00 00 00 01 'a' 00", ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData(Head3 + "02 00 00 00 05 'a'", ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData(Head3 + "02 00 00 00 01 80", ReasonCode.MalformedPacket, "MQTT3-1.5.3-1")]
    [InlineData(Head3 + "02 00 00 00 01 00", ReasonCode.MalformedPacket, "MQTT3-1.5.3-2")]
    [InlineData(Head3 + "06 00 00 00 01 'a' 00 03 'w/#' 00 00", ReasonCode.TopicNameInvalid, "MQTT3-4.7.1-1")]
    [InlineData(Head3 + "06 00 00 00 01 'a' 00 00 00 00", ReasonCode.TopicNameInvalid, "MQTT3-4.7.3-1")]
    [InlineData("00 06 'MQIsdp' 03 02 00 00 00 01 'a'", ReasonCode.UnsupportedProtocolVersion, "MQTT3-3.1.2-1")]
    [InlineData("00 04 'mqtt' 04 02 00 00 00 01 'a'", ReasonCode.UnsupportedProtocolVersion, "MQTT3-3.1.2-1")]
    [InlineData("00 04 'MQTT' 03 02 00 00 00 01 'a'", ReasonCode.UnsupportedProtocolVersion, "MQTT3-3.1.2-2")]
    [InlineData("00 04 'MQ'", ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    public void What_3_1_1_forbids(string body, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(0x10, body), MqttVersion.V311, reason, statement);

    [Theory]
    [InlineData("03 00 00 00 00 00", ReasonCode.MalformedPacket, "MQTT5-3.1.2-3")]
    [InlineData("1E 00 00 00 00 00 00 00 01 'w' 00 00", ReasonCode.MalformedPacket, "MQTT5-3.1.2-12")]
    [InlineData("0A 00 00 00 00 00", ReasonCode.MalformedPacket, "MQTT5-3.1.2-11")]
    [InlineData("22 00 00 00 00 00", ReasonCode.MalformedPacket, "MQTT5-3.1.2-13")]
    [InlineData("02 00 00 03 21 00 00 00 00", ReasonCode.ProtocolError, "MQTT5 3.1.2.11.3")]
    [InlineData("02 00 00 05 27 00 00 00 00 00 00", ReasonCode.ProtocolError, "MQTT5 3.1.2.11.4")]
    [InlineData("02 00 00 02 19 02 00 00", ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData("02 00 00 02 17 FF 00 00", ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData("02 00 00 04 17 01 17 01 00 00", ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData("02 00 00 03 23 00 01 00 00", ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("02 00 00 05 18 00 00 00 01 00 00", ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("02 00 00 02 7F 00 00 00", ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("02 00 00 03 91 00 00 00 00", ReasonCode.MalformedPacket, "MQTT5-1.5.5-1")]
    [InlineData("02 00 00 05 16 00 02 01 02 00 00", ReasonCode.ProtocolError, "MQTT5 3.1.2.11.10")]
    [InlineData("02 00 00 09 11 00 00 00 01 00 00", ReasonCode.MalformedPacket, "MQTT5 2.2.2.1")]
    [InlineData("02 00 00 03 11 00 00 00 00", ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    [InlineData("02 00 00 80 00 00 00", ReasonCode.MalformedPacket, "MQTT5-1.5.5-1")]
    [InlineData("02 00 00 80 80 80 80 01 00 00", ReasonCode.MalformedPacket, "MQTT5 1.5.5")]
    [InlineData("02 00 00 07 26 00 01 'k' 00 01 ED 00 00", ReasonCode.MalformedPacket, "MQTT5-1.5.4-1")]
    [InlineData("02 00 00 07 26 00 01 00 00 01 'v' 00 00", ReasonCode.MalformedPacket, "MQTT5-1.5.4-2")]
    [InlineData("06 00 00 00 00 00 02 01 02 00 01 'w' 00 00", ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData("06 00 00 00 00 00 05 11 00 00 00 01 00 01 'w' 00 00", ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("06 00 00 00 00 00 00 00 01 '+' 00 00", ReasonCode.TopicNameInvalid, "MQTT5-4.7.0-1")]
    [InlineData("06 00 00 00 00 00 00 00 00 00 00", ReasonCode.TopicNameInvalid, "MQTT5-4.7.3-1")]
    [InlineData("06 00 00 00 00 00 04 08 00 01 '#' 00 01 'w' 00 00", ReasonCode.ProtocolError, "MQTT5-3.3.2-14")]
    [InlineData("02 00 00 00 00 00 FF", ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    public void What_5_0_forbids(string body, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(0x10, Head5 + body), MqttVersion.V5, reason, statement);

    [Theory]
    [InlineData("00 04 'MQTT' 04 03 00 00 00 00", MqttVersion.V311)]
    [InlineData("00 04 'MQTT' 03 02 00 00 00 00", MqttVersion.V311)]
    [InlineData("00 06 'MQIsdp' 03 02 00 00 00 00", MqttVersion.V311)]
    [InlineData("00 04 'MQTT' 05 03 00 00 00 00 00", MqttVersion.V5)]
    [InlineData("00 04 'MQTT' 06 02 00 00 00 00 00", MqttVersion.V5)]
    public void A_refusal_is_answered_in_the_version_that_the_client_can_read(string body, MqttVersion expected)
    {
        Assert.Equal(FrameStatus.Frame, PacketReader.TryRead(
            new ReadOnlySequence<byte>(Wire.Packet(0x10, body)), MqttVersion.V5, 1000, out var frame, out _));

        Assert.False(ConnectParser.TryParse(frame, out _, out var answerIn, out var violation));
        Assert.Equal(expected, answerIn);
        Assert.NotNull(violation.Statement);
    }

    [Fact]
    public void A_byte_order_mark_is_kept() // MQTT5-1.5.4-3
    {
        var packet = AnyPacket.ThereAndBack<ConnectPacket>("10 0F 00 04 'MQTT' 04 02 00 3C 00 03 EF BB BF", MqttVersion.V311);

        Assert.Equal("\uFEFF", packet.ClientId);
    }
}
