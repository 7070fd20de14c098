using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class UnsubscribeTests
{
    [Fact]
    public void The_example_of_3_1_1() => // figure 3.30
        Assert.Equal(["a/b", "c/d"], AnyPacket.ThereAndBack<UnsubscribePacket>("A2 0C 00 0A 00 03 'a/b' 00 03 'c/d'", MqttVersion.V311).Filters);

    [Fact]
    public void User_properties_of_5_0()
    {
        var packet = AnyPacket.ThereAndBack<UnsubscribePacket>("A2 0D 00 01 07 26 00 01 'a' 00 01 'b' 00 01 '#'", MqttVersion.V5);

        Assert.Equal([new UserProperty("a", "b")], packet.UserProperties);
    }

    [Theory]
    [InlineData("00 00 00 01 'a'", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-2.3.1-1")]
    [InlineData("00 01", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-3.10.3-2")]
    [InlineData("00 01 00 02 'a'", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData("00 01 00 02 'a#'", MqttVersion.V311, ReasonCode.TopicFilterInvalid, "MQTT3-4.7.1-2")]
    [InlineData("00 01 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.10.3-2")]
    [InlineData("00 00 00 00 01 'a'", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-2.2.1-3")]
    [InlineData("00 01 00 00 02 'a+'", MqttVersion.V5, ReasonCode.TopicFilterInvalid, "MQTT5-4.7.1-2")]
    [InlineData("00 01 00 00 08 '$share/g'", MqttVersion.V5, ReasonCode.TopicFilterInvalid, "MQTT5-4.8.2-2")]
    [InlineData("00 01 02 0B 01 00 01 'a'", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("00 01 00 00 01 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-1.5.4-2")]
    public void What_is_refused(string body, MqttVersion version, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(0xA2, body), version, reason, statement);
}
