using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class DisconnectTests
{
    [Theory]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V5)]
    public void Normal_is_two_bytes(MqttVersion version) =>
        Assert.Equal(ReasonCode.Success, AnyPacket.ThereAndBack<DisconnectPacket>("E0 00", version).Reason);

    [Fact]
    public void A_reason_alone_has_no_property_length() =>
        Assert.Equal(ReasonCode.DisconnectWithWill, AnyPacket.ThereAndBack<DisconnectPacket>("E0 01 04", MqttVersion.V5).Reason);

    [Fact]
    public void Normal_written_out_is_the_same() =>
        Assert.Equal(new DisconnectPacket(), AnyPacket.Parse<DisconnectPacket>("E0 02 00 00", MqttVersion.V5));

    [Fact]
    public void Every_property_of_a_client()
    {
        var packet = AnyPacket.ThereAndBack<DisconnectPacket>("E0 12 00 10 11 00 00 00 09 1F 00 01 'r' 26 00 01 'a' 00 01 'b'", MqttVersion.V5);

        Assert.Equal((9u, "r"), (packet.SessionExpirySeconds, packet.ReasonString));
    }

    [Fact]
    public void A_server_sends_another_server()
    {
        var packet = AnyPacket.ThereAndBack<DisconnectPacket>("E0 06 9C 04 1C 00 01 's'", MqttVersion.V5, PacketSender.Server);

        Assert.Equal((ReasonCode.UseAnotherServer, "s"), (packet.Reason, packet.ServerReference));
    }

    [Fact]
    public void User_properties_and_then_the_reason_string_are_left_out_to_fit() // MQTT5-3.14.2-3 and -4
    {
        var packet = new DisconnectPacket(ReasonCode.SessionTakenOver) { ReasonString = "r", UserProperties = [new("a", "b")] };

        Assert.Equal(Wire.Bytes("E0 06 8E 04 1F 00 01 'r'"), AnyPacket.Format(packet, MqttVersion.V5, 14));
        Assert.Equal(Wire.Bytes("E0 01 8E"), AnyPacket.Format(packet, MqttVersion.V5, 7));
        Assert.Empty(AnyPacket.Format(packet, MqttVersion.V5, 2));
    }

    [Theory]
    [InlineData("E0 01 00", MqttVersion.V311, PacketSender.Client, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData("E1 00", MqttVersion.V311, PacketSender.Client, ReasonCode.MalformedPacket, "MQTT3-3.14.1-1")]
    [InlineData("E2 00", MqttVersion.V5, PacketSender.Client, ReasonCode.MalformedPacket, "MQTT5-3.14.1-1")]
    [InlineData("E0 01 8E", MqttVersion.V5, PacketSender.Client, ReasonCode.ProtocolError, "MQTT5-3.14.2-1")]
    [InlineData("E0 01 04", MqttVersion.V5, PacketSender.Server, ReasonCode.ProtocolError, "MQTT5-3.14.2-1")]
    [InlineData("E0 01 01", MqttVersion.V5, PacketSender.Client, ReasonCode.ProtocolError, "MQTT5-3.14.2-1")]
    [InlineData("E0 07 00 05 11 00 00 00 01", MqttVersion.V5, PacketSender.Server, ReasonCode.ProtocolError, "MQTT5-3.14.2-2")]
    [InlineData("E0 05 00 03 21 00 01", MqttVersion.V5, PacketSender.Client, ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("E0 03 00 00 00", MqttVersion.V5, PacketSender.Client, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    [InlineData("E0 02 00 01", MqttVersion.V5, PacketSender.Client, ReasonCode.MalformedPacket, "MQTT5 2.2.2.1")]
    internal void What_is_refused(string wire, MqttVersion version, PacketSender sender, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Bytes(wire), version, reason, statement, sender);
}
