using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class PublishParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, PacketSender sender, out PublishPacket packet, out ProtocolViolation violation)
    {
        packet = default;
        var fields = new FieldReader(frame.Body, version);
        var qos = (QoS)((frame.Flags >> 1) & 3);
        var found = default(Found);
        ushort packetId = 0;
        if (!AreFlagsAllowed(ref fields, frame.Flags)
            || !fields.TryReadText(out var topic)
            || (qos != QoS.AtMostOnce && !fields.TryReadPacketId(out packetId))
            || !fields.TryReadProperties(out var properties)
            || (!properties.IsEmpty && !TryWalk(ref fields, properties, sender, ref found))
            || !IsTopicAllowed(ref fields, topic, found.TopicAlias))
        {
            violation = fields.Violation;
            return false;
        }

        violation = default;
        packet = new PublishPacket
        {
            QoS = qos,
            IsDuplicate = (frame.Flags & 8) != 0,
            Retain = (frame.Flags & 1) != 0,
            PacketId = packetId,
            Topic = topic,
            TopicAlias = found.TopicAlias,
            IsText = found.IsText,
            ExpirySeconds = found.ExpirySeconds,
            Properties = properties,
            Payload = fields.Rest,
        };
        return true;
    }

    private static bool AreFlagsAllowed(ref FieldReader fields, byte flags)
    {
        var version = fields.Version;
        if ((flags & 6) == 6)
            return fields.Fail(Violations.Malformed(version, "MQTT3-3.3.1-4", "MQTT5-3.3.1-4", "the QoS is 3"));
        if ((flags & 0b1110) == 0b1000)
            return fields.Fail(Violations.Malformed(version, "MQTT3-3.3.1-2", "MQTT5-3.3.1-2", "DUP is set on QoS 0"));
        return true;
    }

    private static bool TryWalk(ref FieldReader fields, in ReadOnlySequence<byte> list, PacketSender sender, ref Found found)
    {
        var properties = new PropertyCursor(list, PropertyPlaces.Publish);
        while (properties.MoveNext())
        {
            switch (properties.Id)
            {
                case PropertyId.TopicAlias:
                    found.TopicAlias = (ushort)properties.Number;
                    break;
                case PropertyId.PayloadFormatIndicator:
                    found.IsText = properties.IsSet;
                    break;
                case PropertyId.MessageExpiryInterval:
                    found.ExpirySeconds = properties.Number;
                    break;
                case PropertyId.SubscriptionIdentifier when sender == PacketSender.Client:
                    return fields.Fail(Violations.Protocol("MQTT5-3.3.4-6", "a client may not send a subscription identifier"));
                default:
                    break;
            }
        }

        return !properties.Failed || fields.Fail(properties.Violation);
    }

    private static bool IsTopicAllowed(ref FieldReader fields, in ReadOnlySequence<byte> topic, ushort alias)
    {
        if (topic.IsEmpty && alias == 0)
            return fields.Fail(TopicBytes.Empty(fields.Version));
        return !TopicBytes.HasWildcard(topic) || fields.Fail(TopicBytes.Wildcard(fields.Version));
    }

    private struct Found
    {
        public ushort TopicAlias;
        public bool IsText;
        public uint? ExpirySeconds;
    }
}
