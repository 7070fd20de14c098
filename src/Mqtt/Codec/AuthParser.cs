using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class AuthParser
{
    public static bool TryParse(in PacketFrame frame, [NotNullWhen(true)] out AuthPacket? packet, out ProtocolViolation violation)
    {
        var fields = new FieldReader(frame.Body, MqttVersion.V5);
        var read = TryRead(ref fields, out packet);
        violation = fields.Violation;
        return read;
    }

    private static bool TryRead(ref FieldReader fields, [NotNullWhen(true)] out AuthPacket? packet)
    {
        packet = null;
        if (fields.End)
        {
            // 3.15.2.1 lets reason and properties be left out, although 3.15.2.2.2 asks for a method: the shorter form has no place for one.
            packet = new AuthPacket();
            return true;
        }

        if (!fields.TryReadByte(out var code))
            return false;
        var reason = (ReasonCode)code;
        if (!ReasonTable.IsInAuth(reason))
            return fields.Fail(Violations.Protocol("MQTT5-3.15.2-1", "the reason code is none of AUTH"));
        var read = new AuthPacket(reason);
        if (!TryReadProperties(ref fields, ref read) || !fields.TryEnd())
            return false;
        packet = read;
        return true;
    }

    private static bool TryReadProperties(ref FieldReader fields, ref AuthPacket packet)
    {
        if (!fields.TryReadProperties(out var list))
            return false;
        List<UserProperty>? users = null;
        var properties = new PropertyCursor(list, PropertyPlaces.Auth);
        while (properties.MoveNext())
        {
            if (properties.Id == PropertyId.UserProperty)
                properties.ReadPair(ref users);
            else
                packet = With(packet, properties);
        }

        if (properties.Failed)
            return fields.Fail(properties.Violation);
        if (packet.AuthenticationMethod is null)
            return fields.Fail(Violations.Protocol("MQTT5 3.15.2.2.2", "AUTH without an authentication method"));
        if (users is not null)
            packet = packet with { UserProperties = users };
        return true;
    }

    private static AuthPacket With(AuthPacket packet, in PropertyCursor property) => property.Id switch
    {
        PropertyId.AuthenticationMethod => packet with { AuthenticationMethod = property.ReadText() },
        PropertyId.AuthenticationData => packet with { AuthenticationData = property.ReadBinary() },
        PropertyId.ReasonString => packet with { ReasonString = property.ReadText() },
        _ => packet,
    };
}
