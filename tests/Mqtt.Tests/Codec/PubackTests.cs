using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class PubackTests
{
    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V5)]
    public void Success_is_an_identifier_alone(MqttVersion version)
    {
        var packet = AnyPacket.ThereAndBack<AckPacket>("40 02 12 34", version);

        Assert.Equal(new AckPacket(PacketType.Puback, 0x1234), packet);
    }

    [Fact]
    public void A_reason_without_properties_has_no_property_length() =>
        Assert.Equal(ReasonCode.NoMatchingSubscribers, AnyPacket.ThereAndBack<AckPacket>("40 03 00 01 10", MqttVersion.V5).Reason);

    [Fact]
    public void An_empty_property_list_may_be_written_out_too() =>
        Assert.Equal(new AckPacket(PacketType.Puback, 1), AnyPacket.Parse<AckPacket>("40 04 00 01 00 00", MqttVersion.V5));

    [Fact]
    public void Every_property()
    {
        var packet = AnyPacket.ThereAndBack<AckPacket>("40 12 00 01 10 | 0E 1F 00 01 'r' 26 00 01 'a' 00 04 'bcde'", MqttVersion.V5);

        Assert.Equal("r", packet.ReasonString);
        Assert.Equal([new UserProperty("a", "bcde")], packet.UserProperties!);
    }

    [Theory]
    [InlineData("00 00", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-2.3.1-1")]
    [InlineData("01", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData("00 01 00", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData("00 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-2.2.1-3")]
    [InlineData("", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    [InlineData("00 01 92", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.4.2-1")]
    [InlineData("00 01 FF", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.4.2-1")]
    [InlineData("00 01 00 05", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5 2.2.2.1")]
    [InlineData("00 01 00 00 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    [InlineData("00 01 00 03 21 00 01", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("00 01 00 08 1F 00 01 'a' 1F 00 01 'a'", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData("00 01 00 04 1F 00 01 FF", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-1.5.4-1")]
    public void What_is_refused(string body, MqttVersion version, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(0x40, body), version, reason, statement);

    [Fact]
    public void User_properties_and_then_the_reason_string_are_left_out_to_fit() // MQTT5-3.4.2-2 and -3
    {
        var packet = new AckPacket(PacketType.Puback, 1, ReasonCode.NoMatchingSubscribers, "why", [new("a", "b")]);
        var full = AnyPacket.Format(packet, MqttVersion.V5).Length;

        Assert.Equal(19, full);
        Assert.Equal("40 0A 00 01 10 06 1F 00 03 77 68 79".Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(AnyPacket.Format(packet, MqttVersion.V5, full - 1)));
        Assert.Equal("4003000110", Convert.ToHexString(AnyPacket.Format(packet, MqttVersion.V5, 11)));
        Assert.Empty(AnyPacket.Format(packet, MqttVersion.V5, 4));
    }

    [Fact]
    public void Nothing_is_written_for_identifier_0() =>
        Assert.ThrowsAny<ArgumentException>(() => AnyPacket.Format(new AckPacket(PacketType.Puback, 0), MqttVersion.V5));
}
