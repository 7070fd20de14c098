using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

public sealed class SubscribeTests
{
    [Fact]
    public void The_example_of_3_1_1()
    {
        // Figure 3.23 of the specification: a/b with QoS 1, c/d with QoS 2; packet identifier 10.
        var packet = AnyPacket.ThereAndBack<SubscribePacket>("82 0E | 00 0A | 00 03 'a/b' 01 | 00 03 'c/d' 02", MqttVersion.V311);

        Assert.Equal(10, packet.PacketId);
        Assert.Equal([new("a/b", new(QoS.AtLeastOnce)), new("c/d", new(QoS.ExactlyOnce))], packet.Entries);
    }

    [Fact]
    public void Options_and_identifier_of_5_0()
    {
        var packet = AnyPacket.ThereAndBack<SubscribePacket>(
            "82 1E | 00 01 | 0C 0B FF FF FF 7F 26 00 01 'a' 00 01 'b' | 00 01 '#' 2E | 00 08 '$SYS/x/y' 11", MqttVersion.V5);

        Assert.Equal(268_435_455u, packet.SubscriptionIdentifier);
        Assert.Equal([new UserProperty("a", "b")], packet.UserProperties);
        Assert.Equal(
            [
                new("#", new(QoS.ExactlyOnce, NoLocal: true, RetainAsPublished: true, RetainHandling.DoNotSend)),
                new("$SYS/x/y", new(QoS.AtLeastOnce, RetainHandling: RetainHandling.SendAtNewSubscribe)),
            ],
            packet.Entries);
    }

    [Theory]
    [InlineData("$share/g/a/+/#", "00 01 00 | 00 0E '$share/g/a/+/#' 01")]
    [InlineData("/", "00 01 00 | 00 01 '/' 01")]
    [InlineData("+/+", "00 01 00 | 00 03 '+/+' 01")]
    [InlineData("$share", "00 01 00 | 00 06 '$share' 01")]
    public void Filters_that_are_well_formed(string filter, string body) =>
        Assert.Equal(filter, Assert.Single(Assert.IsType<SubscribePacket>(AnyPacket.Parse(
            Pieces.OneByteEach(Wire.Packet(0x82, body)), MqttVersion.V5, PacketSender.Client, out _)).Entries).Filter);

    [Fact]
    public void On_3_1_1_a_share_without_a_filter_is_a_filter_like_any_other() =>
        Assert.Equal("$share/g", AnyPacket.ThereAndBack<SubscribePacket>("82 0D 00 01 00 08 '$share/g' 00", MqttVersion.V311).Entries[0].Filter);

    [Theory]
    [InlineData("00 00 00 01 'a' 00", ReasonCode.ProtocolError, "MQTT3-2.3.1-1")]
    [InlineData("00 01", ReasonCode.ProtocolError, "MQTT3-3.8.3-3")]
    [InlineData("00 01 00 01 'a' 03", ReasonCode.MalformedPacket, "MQTT3-3.8.3-4")]
    [InlineData("00 01 00 01 'a' 04", ReasonCode.MalformedPacket, "MQTT3-3.8.3-4")]
    [InlineData("00 01 00 00 00", ReasonCode.TopicFilterInvalid, "MQTT3-4.7.3-1")]
    [InlineData("00 01 00 02 'a#' 00", ReasonCode.TopicFilterInvalid, "MQTT3-4.7.1-2")]
    [InlineData("00 01 00 02 'a+' 00", ReasonCode.TopicFilterInvalid, "MQTT3-4.7.1-3")]
    [InlineData("00 01 00 01 'a'", ReasonCode.MalformedPacket, "MQTT3-4.8.0-1")]
    [InlineData("00 01 00 01 FF 00", ReasonCode.MalformedPacket, "MQTT3-1.5.3-1")]
    public void What_3_1_1_forbids(string body, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(0x82, body), MqttVersion.V311, reason, statement);

    [Theory]
    [InlineData("00 00 00 00 01 'a' 00", ReasonCode.ProtocolError, "MQTT5-2.2.1-3")]
    [InlineData("00 01 00", ReasonCode.ProtocolError, "MQTT5-3.8.3-2")]
    [InlineData("00 01 00 00 01 'a' 03", ReasonCode.ProtocolError, "MQTT5 3.8.3.1")]
    [InlineData("00 01 00 00 01 'a' 30", ReasonCode.ProtocolError, "MQTT5 3.8.3.1")]
    [InlineData("00 01 00 00 01 'a' 40", ReasonCode.MalformedPacket, "MQTT5-3.8.3-5")]
    [InlineData("00 01 00 00 01 'a' 80", ReasonCode.MalformedPacket, "MQTT5-3.8.3-5")]
    [InlineData("00 01 00 00 0A '$share/g/a' 04", ReasonCode.ProtocolError, "MQTT5-3.8.3-4")]
    [InlineData("00 01 00 00 08 '$share/g' 00", ReasonCode.TopicFilterInvalid, "MQTT5-4.8.2-2")]
    [InlineData("00 01 00 00 09 '$share/g/' 00", ReasonCode.TopicFilterInvalid, "MQTT5-4.8.2-2")]
    [InlineData("00 01 00 00 09 '$share//a' 00", ReasonCode.TopicFilterInvalid, "MQTT5-4.8.2-1")]
    [InlineData("00 01 00 00 07 '$share/' 00", ReasonCode.TopicFilterInvalid, "MQTT5-4.8.2-1")]
    [InlineData("00 01 00 00 0A '$share/+/a' 00", ReasonCode.TopicFilterInvalid, "MQTT5-4.8.2-2")]
    [InlineData("00 01 00 00 0B '$share/g/a#' 00", ReasonCode.TopicFilterInvalid, "MQTT5-4.7.1-1")]
    [InlineData("00 01 00 00 03 '#/a' 00", ReasonCode.TopicFilterInvalid, "MQTT5-4.7.1-1")]
    [InlineData("00 01 00 00 03 '+a+' 00", ReasonCode.TopicFilterInvalid, "MQTT5-4.7.1-2")]
    [InlineData("00 01 00 00 00 00", ReasonCode.TopicFilterInvalid, "MQTT5-4.7.3-1")]
    [InlineData("00 01 02 0B 00 00 01 'a' 00", ReasonCode.ProtocolError, "MQTT5 3.8.2.1.2")]
    [InlineData("00 01 04 0B 01 0B 02 00 01 'a' 00", ReasonCode.ProtocolError, "MQTT5 2.2.2.2")]
    [InlineData("00 01 03 0B 81 00 00 01 'a' 00", ReasonCode.MalformedPacket, "MQTT5-1.5.5-1")]
    [InlineData("00 01 06 0B 80 80 80 80 01 00 01 'a' 00", ReasonCode.MalformedPacket, "MQTT5 1.5.5")]
    [InlineData("00 01 04 1F 00 01 'a' 00 01 'a' 00", ReasonCode.MalformedPacket, "MQTT5 2.2.2.2")]
    [InlineData("00 01", ReasonCode.MalformedPacket, "MQTT5-4.13.1-1")]
    public void What_5_0_forbids(string body, ReasonCode reason, string statement) =>
        AnyPacket.Refuse(Wire.Packet(0x82, body), MqttVersion.V5, reason, statement);
}
