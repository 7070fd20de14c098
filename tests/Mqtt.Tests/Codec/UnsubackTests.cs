using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class UnsubackTests
{
    [Fact]
    public void On_3_1_1_it_is_an_identifier_alone()
    {
        Assert.Empty(AnyPacket.ThereAndBack<UnsubackPacket>("B0 02 00 0A", MqttVersion.V311, PacketSender.Server).Reasons);
        Assert.Equal(Wire.Bytes("B0 02 00 0A"), AnyPacket.Format(new UnsubackPacket(10, [ReasonCode.Success]), MqttVersion.V311));
    }

    [Fact]
    public void Every_property_of_5_0()
    {
        var packet = AnyPacket.ThereAndBack<UnsubackPacket>("B0 0F 00 01 0A 1F 00 01 'r' 26 00 01 'a' 00 00 11 00", MqttVersion.V5, PacketSender.Server);

        Assert.Equal([ReasonCode.NoSubscriptionExisted, ReasonCode.Success], packet.Reasons);
    }

    [Fact]
    public void User_properties_and_then_the_reason_string_are_left_out_to_fit() // MQTT5-3.11.2-1 and -2
    {
        var packet = new UnsubackPacket(1, [ReasonCode.Success]) { ReasonString = "r", UserProperties = [new("a", "b")] };

        Assert.Equal(Wire.Bytes("B0 08 00 01 04 1F 00 01 'r' 00"), AnyPacket.Format(packet, MqttVersion.V5, 16));
        Assert.Equal(Wire.Bytes("B0 04 00 01 00 00"), AnyPacket.Format(packet, MqttVersion.V5, 9));
    }

    [Theory]
    [InlineData("00 00", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-2.3.1-1")]
    [InlineData("00 01 00", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData("00 01 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 3.11.3")]
    [InlineData("00 01 00 01", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.11.3-2")]
    [InlineData("00 01 02 0B 01 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    public void What_is_refused(string body, MqttVersion version, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(0xB0, body), version, reason, statement, PacketSender.Server);
}
