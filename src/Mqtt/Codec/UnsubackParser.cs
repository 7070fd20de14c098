using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class UnsubackParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out UnsubackPacket? packet, out ProtocolViolation violation)
    {
        var fields = new FieldReader(frame.Body, version);
        var read = TryRead(ref fields, out packet);
        violation = fields.Violation;
        return read;
    }

    private static bool TryRead(ref FieldReader fields, [NotNullWhen(true)] out UnsubackPacket? packet)
    {
        packet = null;
        var properties = default(AnswerProperties);
        if (!fields.TryReadPacketId(out var packetId) || !properties.TryRead(ref fields, PropertyPlaces.Unsuback))
            return false;
        if (fields.Version == MqttVersion.V311)
        {
            packet = new UnsubackPacket(packetId, []);
            return fields.TryEnd();
        }

        if (fields.End)
            return fields.Fail(Violations.Protocol("MQTT5 3.11.3", "UNSUBACK without a reason code"));
        var otherwise = Violations.Protocol("MQTT5-3.11.3-2", "a reason code is none of UNSUBACK");
        if (!ReasonsReader.TryRead(ref fields, ReasonTable.IsInUnsuback, otherwise, out var reasons))
            return false;
        packet = new UnsubackPacket(packetId, reasons) { ReasonString = properties.ReasonString, UserProperties = properties.UserProperties ?? [] };
        return true;
    }
}
