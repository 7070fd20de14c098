using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class DisconnectParser
{
    private static readonly DisconnectPacket Normal = new();

    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, PacketSender sender, [NotNullWhen(true)] out DisconnectPacket? packet,
        out ProtocolViolation violation)
    {
        var fields = new FieldReader(frame.Body, version);
        var read = TryRead(ref fields, sender, out packet);
        violation = fields.Violation;
        return read;
    }

    private static bool TryRead(ref FieldReader fields, PacketSender sender, [NotNullWhen(true)] out DisconnectPacket? packet)
    {
        packet = Normal;
        if (fields.End)
            return true;
        packet = null;
        if (fields.Version == MqttVersion.V311)
            return fields.TryEnd();
        if (!fields.TryReadByte(out var code))
            return false;
        var reason = (ReasonCode)code;
        if (!ReasonTable.IsInDisconnect(sender, reason))
            return fields.Fail(Violations.Protocol("MQTT5-3.14.2-1", "the reason code is none of a DISCONNECT from this side"));
        packet = new DisconnectPacket(reason);
        if (fields.End || (TryReadProperties(ref fields, sender, ref packet) && fields.TryEnd()))
            return true;
        packet = null;
        return false;
    }

    private static bool TryReadProperties(ref FieldReader fields, PacketSender sender, ref DisconnectPacket packet)
    {
        if (!fields.TryReadProperties(out var list))
            return false;
        List<UserProperty>? users = null;
        var properties = new PropertyCursor(list, PropertyPlaces.Disconnect);
        while (properties.MoveNext())
        {
            switch (properties.Id)
            {
                case PropertyId.SessionExpiryInterval when sender == PacketSender.Server:
                    return fields.Fail(Violations.Protocol("MQTT5-3.14.2-2", "a server may not send a session expiry"));
                case PropertyId.SessionExpiryInterval:
                    packet = packet with { SessionExpirySeconds = properties.Number };
                    break;
                case PropertyId.ReasonString:
                    packet = packet with { ReasonString = properties.ReadText() };
                    break;
                case PropertyId.ServerReference:
                    packet = packet with { ServerReference = properties.ReadText() };
                    break;
                default:
                    properties.ReadPair(ref users);
                    break;
            }
        }

        if (users is not null)
            packet = packet with { UserProperties = users };
        return !properties.Failed || fields.Fail(properties.Violation);
    }
}
