using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>The will in the payload of CONNECT: properties (5.0), topic, payload (sections 3.1.3.2 to 3.1.3.4).</summary>
internal static class WillParser
{
    public static bool TryRead(ref FieldReader fields, QoS qos, bool retain, [NotNullWhen(true)] out WillMessage? will)
    {
        will = null;
        if (!fields.TryReadProperties(out var list))
            return false;
        var message = default(MessageProperties);
        var delaySeconds = 0u;
        if (!list.IsEmpty && !TryWalk(ref fields, list, ref message, ref delaySeconds))
            return false;
        if (!fields.TryReadText(out var topic) || !IsTopicAllowed(ref fields, topic) || !fields.TryReadBinary(out var payload))
            return false;
        will = new WillMessage(message.ToMessage(StrictText.Read(topic), payload, qos, retain), delaySeconds);
        return true;
    }

    private static bool TryWalk(ref FieldReader fields, in ReadOnlySequence<byte> list, ref MessageProperties message, ref uint delaySeconds)
    {
        var properties = new PropertyCursor(list, PropertyPlaces.Will);
        while (properties.MoveNext())
        {
            if (properties.Id == PropertyId.WillDelayInterval)
                delaySeconds = properties.Number;
            else
                message.Take(properties);
        }

        return !properties.Failed || fields.Fail(properties.Violation);
    }

    private static bool IsTopicAllowed(ref FieldReader fields, in ReadOnlySequence<byte> topic)
    {
        var is5 = fields.Version == MqttVersion.V5;
        if (topic.IsEmpty)
        {
            return fields.Fail(new ProtocolViolation(
                ReasonCode.TopicNameInvalid, is5 ? "MQTT5-4.7.3-1" : "MQTT3-4.7.3-1", "the topic of the will is empty"));
        }

        return !TopicBytes.HasWildcard(topic) || fields.Fail(new ProtocolViolation(
            ReasonCode.TopicNameInvalid, is5 ? "MQTT5-4.7.0-1" : "MQTT3-4.7.1-1", "the topic of the will contains a wildcard"));
    }
}
