using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class AuthTests
{
    [Fact]
    public void Every_property()
    {
        var packet = AnyPacket.ThereAndBack<AuthPacket>("F0 18 18 16 15 00 05 'SCRAM' 16 00 01 FF 1F 00 01 'r' 26 00 01 'a' 00 00", MqttVersion.V5);

        Assert.Equal((ReasonCode.ContinueAuthentication, "SCRAM", "r"), (packet.Reason, packet.AuthenticationMethod, packet.ReasonString));
        Assert.Equal([0xFF], packet.AuthenticationData!.Value.ToArray());
    }

    [Fact]
    public void Success_may_be_empty() => Assert.Equal(new AuthPacket(), AnyPacket.ThereAndBack<AuthPacket>("F0 00", MqttVersion.V5));

    [Fact]
    public void What_diagnoses_is_left_out_to_fit() // MQTT5-3.15.2-2 and -3
    {
        var packet = new AuthPacket(ReasonCode.ReAuthenticate) { AuthenticationMethod = "m", ReasonString = "r", UserProperties = [new("a", "b")] };

        Assert.Equal(Wire.Bytes("F0 0A 19 08 15 00 01 'm' 1F 00 01 'r'"), AnyPacket.Format(packet, MqttVersion.V5, 18));
        Assert.Equal(Wire.Bytes("F0 06 19 04 15 00 01 'm'"), AnyPacket.Format(packet, MqttVersion.V5, 11));
        Assert.Empty(AnyPacket.Format(packet, MqttVersion.V5, 7));
    }

    [Fact]
    public void A_reason_without_a_method_is_not_written() =>
        Assert.ThrowsAny<ArgumentException>(() => AnyPacket.Format(new AuthPacket(ReasonCode.ContinueAuthentication), MqttVersion.V5));

    [Theory]
    [InlineData("F0 00", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3 2.2.1")]
    [InlineData("F1 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-3.15.1-1")]
    [InlineData("F0 02 87 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.15.2-1")]
    [InlineData("F0 02 18 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 3.15.2.2.2")]
    [InlineData("F0 01 18", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    [InlineData("F0 06 18 04 15 00 01 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-1.5.4-2")]
    [InlineData("F0 0A 18 08 15 00 01 'm' 15 00 01 'm'", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData("F0 07 18 04 15 00 01 'm' 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    public void What_is_refused(string wire, MqttVersion version, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Bytes(wire), version, reason, statement);
}
