using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class PingTests
{
    [Theory]
    [InlineData("C0 00", PacketType.Pingreq, MqttVersion.V311)]
    [InlineData("C0 00", PacketType.Pingreq, MqttVersion.V5)]
    [InlineData("D0 00", PacketType.Pingresp, MqttVersion.V311)]
    [InlineData("D0 00", PacketType.Pingresp, MqttVersion.V5)]
    internal void A_ping_is_two_bytes(string wire, PacketType type, MqttVersion version) =>
        Assert.Equal(type, AnyPacket.ThereAndBack<PacketType>(wire, version));

    [Theory]
    [InlineData("C0 01 00", MqttVersion.V311, "MQTT3-4.8.0-1")]
    [InlineData("C0 01 00", MqttVersion.V5, "MQTT5-4.13.1-1")]
    [InlineData("D0 01 00", MqttVersion.V5, "MQTT5-4.13.1-1")]
    [InlineData("C1 00", MqttVersion.V5, "MQTT5-2.1.3-1")]
    [InlineData("D8 00", MqttVersion.V311, "MQTT3-2.2.2-2")]
    public void What_is_refused(string wire, MqttVersion version, string statement) =>
        AnyPacket.Refuse(Wire.Bytes(wire), version, ReasonCode.MalformedPacket, statement);
}
