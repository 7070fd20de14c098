using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class ConnackTests
{
    [Fact]
    public void Accepted_on_3_1_1()
    {
        var packet = AnyPacket.ThereAndBack<ConnackPacket>("20 02 01 00", MqttVersion.V311);

        Assert.Equal((true, ReasonCode.Success), (packet.SessionPresent, packet.Reason));
    }

    [Theory]
    [InlineData("20 02 00 01", ReasonCode.UnsupportedProtocolVersion)]
    [InlineData("20 02 00 02", ReasonCode.ClientIdentifierNotValid)]
    [InlineData("20 02 00 03", ReasonCode.ServerUnavailable)]
    [InlineData("20 02 00 04", ReasonCode.BadUserNameOrPassword)]
    [InlineData("20 02 00 05", ReasonCode.NotAuthorized)]
    public void The_return_codes_of_3_1_1_are_reasons(string wire, ReasonCode reason) =>
        Assert.Equal(reason, AnyPacket.ThereAndBack<ConnackPacket>(wire, MqttVersion.V311).Reason);

    [Theory]
    [InlineData(ReasonCode.Banned, 5)]
    [InlineData(ReasonCode.ServerBusy, 3)]
    [InlineData(ReasonCode.QuotaExceeded, 3)]
    public void A_reason_that_3_1_1_does_not_know_becomes_the_nearest_return_code(ReasonCode reason, byte code) =>
        Assert.Equal([0x20, 2, 0, code], AnyPacket.Format(new ConnackPacket { Reason = reason }, MqttVersion.V311));

    [Fact]
    public void Accepted_on_5_0_without_properties() =>
        Assert.Equal(ushort.MaxValue, AnyPacket.ThereAndBack<ConnackPacket>("20 03 00 00 00", MqttVersion.V5).ReceiveMaximum);

    [Fact]
    public void Every_property_of_5_0()
    {
        var packet = AnyPacket.ThereAndBack<ConnackPacket>(
            "20 4A 01 00 47 | 11 00 00 00 0A | 21 01 00 | 24 01 | 25 00 | 27 00 10 00 00 | 12 00 02 'id' | 22 00 08 | 1F 00 03 'why'"
            + "| 26 00 01 'a' 00 01 'b' | 28 00 | 29 00 | 2A 00 | 13 00 1E | 1A 00 01 'r' | 1C 00 05 'other' | 15 00 05 'SCRAM' | 16 00 01 07",
            MqttVersion.V5);

        Assert.Equal((10u, (ushort)256, QoS.AtLeastOnce, false, 0x100000u), (packet.SessionExpirySeconds, packet.ReceiveMaximum, packet.MaximumQoS, packet.RetainAvailable, packet.MaximumPacketBytes));
        Assert.Equal(("id", (ushort)8, "why", (ushort)30), (packet.AssignedClientId, packet.TopicAliasMaximum, packet.ReasonString, packet.ServerKeepAliveSeconds));
        Assert.Equal([new UserProperty("a", "b")], packet.UserProperties);
        Assert.False(packet.WildcardSubscriptionsAvailable || packet.SubscriptionIdentifiersAvailable || packet.SharedSubscriptionsAvailable);
        Assert.Equal(("r", "other", "SCRAM"), (packet.ResponseInformation, packet.ServerReference, packet.AuthenticationMethod));
        Assert.Equal([7], packet.AuthenticationData!.Value.ToArray());
    }

    [Theory]
    [InlineData("02 00", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3 3.2.2.1")]
    [InlineData("00 06", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3 3.2.2.3")]
    [InlineData("01 01", MqttVersion.V311, ReasonCode.ProtocolError, "MQTT3-3.2.2-4")]
    [InlineData("00", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData("00 00 00", MqttVersion.V311, ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData("80 00 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-3.2.2-1")]
    [InlineData("00 01 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.2.2-8")]
    [InlineData("00 8E 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.2.2-8")]
    [InlineData("01 87 00", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5-3.2.2-6")]
    [InlineData("00 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    [InlineData("00 00 02 24 02", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData("00 00 04 25 01 25 01", MqttVersion.V5, ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData("00 00 02 17 01", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("00 00 00 00", MqttVersion.V5, ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    public void What_is_refused(string body, MqttVersion version, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(0x20, body), version, reason, statement, PacketSender.Server);
}
