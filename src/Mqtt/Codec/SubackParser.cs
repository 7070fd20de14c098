using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class SubackParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out SubackPacket? packet, out ProtocolViolation violation)
    {
        var fields = new FieldReader(frame.Body, version);
        var read = TryRead(ref fields, out packet);
        violation = fields.Violation;
        return read;
    }

    private static bool TryRead(ref FieldReader fields, [NotNullWhen(true)] out SubackPacket? packet)
    {
        packet = null;
        var properties = default(AnswerProperties);
        if (!fields.TryReadPacketId(out var packetId) || !properties.TryRead(ref fields, PropertyPlaces.Suback))
            return false;
        var is5 = fields.Version == MqttVersion.V5;
        if (fields.End)
            return fields.Fail(Violations.Protocol(is5 ? "MQTT5-3.8.4-6" : "MQTT3-3.8.4-5", "SUBACK without a reason code"));
        var otherwise = Violations.Protocol(is5 ? "MQTT5-3.9.3-2" : "MQTT3-3.9.3-2", "a reason code is none of SUBACK");
        if (!ReasonsReader.TryRead(ref fields, is5 ? ReasonTable.IsInSuback : IsReturnCode, otherwise, out var reasons))
            return false;
        packet = new SubackPacket(packetId, reasons) { ReasonString = properties.ReasonString, UserProperties = properties.UserProperties ?? [] };
        return true;
    }

    private static bool IsReturnCode(ReasonCode reason) => reason is <= ReasonCode.GrantedQoS2 or ReasonCode.UnspecifiedError;
}
