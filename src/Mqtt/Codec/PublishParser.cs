namespace EdgeEnforcement.Mqtt.Codec;

internal static class PublishParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, PacketSender sender, out PublishPacket packet, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
