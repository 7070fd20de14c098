using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class ConnackParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out ConnackPacket? packet, out ProtocolViolation violation)
    {
        var fields = new FieldReader(frame.Body, version);
        var read = TryRead(ref fields, out packet);
        violation = fields.Violation;
        return read;
    }

    private static bool TryRead(ref FieldReader fields, [NotNullWhen(true)] out ConnackPacket? packet)
    {
        packet = null;
        if (!fields.TryReadByte(out var flags) || !fields.TryReadByte(out var code))
            return false;
        var version = fields.Version;
        if ((flags & ~1) != 0)
            return fields.Fail(Violations.Malformed(version, "MQTT3 3.2.2.1", "MQTT5-3.2.2-1", "reserved bits of the acknowledge flags are set"));
        var reason = (ReasonCode)code;
        if (version == MqttVersion.V311 && !ConnackReturnCode.TryReason(code, out reason))
            return fields.Fail(new ProtocolViolation(ReasonCode.ProtocolError, "MQTT3 3.2.2.3", "the return code is reserved"));
        if (!ReasonTable.IsInConnack(reason))
            return fields.Fail(Violations.Protocol("MQTT5-3.2.2-8", "the reason code is none of CONNACK"));
        if (flags != 0 && reason != ReasonCode.Success)
        {
            return fields.Fail(new ProtocolViolation(
                ReasonCode.ProtocolError, version == MqttVersion.V5 ? "MQTT5-3.2.2-6" : "MQTT3-3.2.2-4", "a session is present in a refusal"));
        }

        packet = new ConnackPacket { SessionPresent = flags != 0, Reason = reason };
        if (TryReadProperties(ref fields, ref packet) && fields.TryEnd())
            return true;
        packet = null;
        return false;
    }

    private static bool TryReadProperties(ref FieldReader fields, ref ConnackPacket packet)
    {
        if (!fields.TryReadProperties(out var list))
            return false;
        List<UserProperty>? users = null;
        var properties = new PropertyCursor(list, PropertyPlaces.Connack);
        while (properties.MoveNext())
        {
            if (properties.Id == PropertyId.UserProperty)
                properties.ReadPair(ref users);
            else
                packet = With(packet, properties);
        }

        if (users is not null)
            packet = packet with { UserProperties = users };
        return !properties.Failed || fields.Fail(properties.Violation);
    }

    private static ConnackPacket With(ConnackPacket packet, in PropertyCursor property) => property.Id switch
    {
        PropertyId.SessionExpiryInterval => packet with { SessionExpirySeconds = property.Number },
        PropertyId.ReceiveMaximum => packet with { ReceiveMaximum = (ushort)property.Number },
        PropertyId.MaximumQoS => packet with { MaximumQoS = (QoS)property.Number },
        PropertyId.RetainAvailable => packet with { RetainAvailable = property.IsSet },
        PropertyId.MaximumPacketSize => packet with { MaximumPacketBytes = property.Number },
        PropertyId.AssignedClientIdentifier => packet with { AssignedClientId = property.ReadText() },
        PropertyId.TopicAliasMaximum => packet with { TopicAliasMaximum = (ushort)property.Number },
        PropertyId.ReasonString => packet with { ReasonString = property.ReadText() },
        PropertyId.WildcardSubscriptionAvailable => packet with { WildcardSubscriptionsAvailable = property.IsSet },
        PropertyId.SubscriptionIdentifierAvailable => packet with { SubscriptionIdentifiersAvailable = property.IsSet },
        PropertyId.SharedSubscriptionAvailable => packet with { SharedSubscriptionsAvailable = property.IsSet },
        PropertyId.ServerKeepAlive => packet with { ServerKeepAliveSeconds = (ushort)property.Number },
        PropertyId.ResponseInformation => packet with { ResponseInformation = property.ReadText() },
        PropertyId.ServerReference => packet with { ServerReference = property.ReadText() },
        PropertyId.AuthenticationMethod => packet with { AuthenticationMethod = property.ReadText() },
        PropertyId.AuthenticationData => packet with { AuthenticationData = property.ReadBinary() },
        _ => packet,
    };
}
