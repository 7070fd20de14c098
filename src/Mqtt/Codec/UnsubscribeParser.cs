using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class UnsubscribeParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out UnsubscribePacket? packet, out ProtocolViolation violation)
    {
        var fields = new FieldReader(frame.Body, version);
        var read = TryRead(ref fields, out packet);
        violation = fields.Violation;
        return read;
    }

    private static bool TryRead(ref FieldReader fields, [NotNullWhen(true)] out UnsubscribePacket? packet)
    {
        packet = null;
        var properties = default(AnswerProperties);
        if (!fields.TryReadPacketId(out var packetId) || !properties.TryRead(ref fields, PropertyPlaces.Unsubscribe))
            return false;
        if (fields.End)
        {
            return fields.Fail(Violations.Protocol(
                fields.Version == MqttVersion.V5 ? "MQTT5-3.10.3-2" : "MQTT3-3.10.3-2", "UNSUBSCRIBE without a filter"));
        }

        var filters = new List<string>();
        while (!fields.End)
        {
            if (!FilterReader.TryRead(ref fields, out var filter))
                return false;
            filters.Add(filter);
        }

        packet = new UnsubscribePacket(packetId, filters) { UserProperties = properties.UserProperties ?? [] };
        return true;
    }
}
