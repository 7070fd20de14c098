namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP.</summary>
internal static class AckParser
{
    public static bool TryParse(in PacketFrame frame, MqttVersion version, out AckPacket packet, out ProtocolViolation violation) =>
        throw new NotSupportedException();
}
