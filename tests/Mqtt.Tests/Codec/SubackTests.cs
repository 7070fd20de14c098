using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class SubackTests
{
    [Fact]
    public void The_example_of_3_1_1() // figure 3.26: QoS 0, QoS 2, failure
    {
        var packet = AnyPacket.ThereAndBack<SubackPacket>("90 05 00 0A 00 02 80", MqttVersion.V311, PacketSender.Server);

        Assert.Equal([ReasonCode.Success, ReasonCode.GrantedQoS2, ReasonCode.UnspecifiedError], packet.Reasons);
    }

    [Fact]
    public void Every_property_of_5_0()
    {
        var packet = AnyPacket.ThereAndBack<SubackPacket>("90 0F 00 01 0A 1F 00 01 'r' 26 00 01 'a' 00 00 01 87", MqttVersion.V5, PacketSender.Server);

        Assert.Equal("r", packet.ReasonString);
        Assert.Equal([new UserProperty("a", "")], packet.UserProperties);
        Assert.Equal([ReasonCode.GrantedQoS1, ReasonCode.NotAuthorized], packet.Reasons);
    }

    [Fact]
    public void Every_failure_is_the_same_on_3_1_1() =>
        Assert.Equal(
            Wire.Bytes("90 05 00 01 01 80 80"),
            AnyPacket.Format(new SubackPacket(1, [ReasonCode.GrantedQoS1, ReasonCode.NotAuthorized, ReasonCode.TopicFilterInvalid]), MqttVersion.V311));

    [Fact]
    public void User_properties_and_then_the_reason_string_are_left_out_to_fit() // MQTT5-3.9.2-1 and -2
    {
        var packet = new SubackPacket(1, [ReasonCode.Success]) { ReasonString = "r", UserProperties = [new("a", "b")] };

        Assert.Equal(Wire.Bytes("90 08 00 01 04 1F 00 01 'r' 00"), AnyPacket.Format(packet, MqttVersion.V5, 16));
        Assert.Equal(Wire.Bytes("90 04 00 01 00 00"), AnyPacket.Format(packet, MqttVersion.V5, 9));
        Assert.Empty(AnyPacket.Format(packet, MqttVersion.V5, 5));
    }

    [Theory]
    [InlineData("00 00 00", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-2.3.1-1")]
    [InlineData("00 01", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-3.8.4-5")]
    [InlineData("00 01 03", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-3.9.3-2")]
    [InlineData("00 01 87", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-3.9.3-2")]
    [InlineData("00 01 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.8.4-6")]
    [InlineData("00 01 00 03", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.9.3-2")]
    [InlineData("00 01 00 00 11", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.9.3-2")]
    [InlineData("00 01 02 0B 01 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("00 01", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    public void What_is_refused(string body, MqttVersion version, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(0x90, body), version, reason, statement, PacketSender.Server);
}
