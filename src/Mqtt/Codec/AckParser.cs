namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP: on 3.1.1 an identifier, on 5.0 a reason and properties may follow, each left out when empty.</summary>
internal static class AckParser
{
    public static bool TryParse(in PacketFrame frame, MqttVersion version, out AckPacket packet, out ProtocolViolation violation)
    {
        var fields = new FieldReader(frame.Body, version);
        var read = TryRead(ref fields, frame.Type, out packet);
        violation = fields.Violation;
        return read;
    }

    private static bool TryRead(ref FieldReader fields, PacketType type, out AckPacket packet)
    {
        packet = default;
        if (!fields.TryReadPacketId(out var packetId))
            return false;
        if (fields.End || fields.Version == MqttVersion.V311)
        {
            packet = new AckPacket(type, packetId);
            return fields.TryEnd();
        }

        if (!fields.TryReadByte(out var code))
            return false;
        var reason = (ReasonCode)code;
        if (!ReasonTable.IsInAck(type, reason))
            return fields.Fail(Violations.Protocol(Statement(type), "the reason code is none of this packet"));
        var properties = default(AnswerProperties);
        if (!fields.End && (!properties.TryRead(ref fields, (PropertyPlaces)(1 << (int)type)) || !fields.TryEnd()))
            return false;
        packet = new AckPacket(type, packetId, reason, properties.ReasonString, properties.UserProperties);
        return true;
    }

    private static string Statement(PacketType type) => type switch
    {
        PacketType.Puback => "MQTT5-3.4.2-1",
        PacketType.Pubrec => "MQTT5-3.5.2-1",
        PacketType.Pubrel => "MQTT5-3.6.2-1",
        _ => "MQTT5-3.7.2-1",
    };
}
