using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>What the codec asks of topic names while they are still bytes. In UTF-8 the wildcards are no part of another character.</summary>
internal static class TopicBytes
{
    public static bool HasWildcard(in ReadOnlySequence<byte> topic)
    {
        if (topic.IsSingleSegment)
            return topic.FirstSpan.IndexOfAny((byte)'+', (byte)'#') >= 0;
        foreach (var piece in topic)
        {
            if (piece.Span.IndexOfAny((byte)'+', (byte)'#') >= 0)
                return true;
        }

        return false;
    }

    public static ProtocolViolation Wildcard(MqttVersion version) => new(
        ReasonCode.TopicNameInvalid, version == MqttVersion.V5 ? "MQTT5-3.3.2-2" : "MQTT3-3.3.2-2", "the topic name contains a wildcard");

    public static ProtocolViolation Empty(MqttVersion version) => version == MqttVersion.V5
        ? Violations.Protocol("MQTT5 3.3.2.1", "the topic name is empty and there is no topic alias")
        : new ProtocolViolation(ReasonCode.TopicNameInvalid, "MQTT3-4.7.3-1", "the topic name is empty");
}
