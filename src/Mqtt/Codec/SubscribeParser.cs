using System.Diagnostics.CodeAnalysis;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class SubscribeParser
{
    public static bool TryParse(
        in PacketFrame frame, MqttVersion version, [NotNullWhen(true)] out SubscribePacket? packet, out ProtocolViolation violation)
    {
        var fields = new FieldReader(frame.Body, version);
        var read = TryRead(ref fields, out packet);
        violation = fields.Violation;
        return read;
    }

    private static bool TryRead(ref FieldReader fields, [NotNullWhen(true)] out SubscribePacket? packet)
    {
        packet = null;
        if (!fields.TryReadPacketId(out var packetId) || !fields.TryReadProperties(out var list))
            return false;
        uint? identifier = null;
        var answers = default(AnswerProperties);
        var properties = new PropertyCursor(list, PropertyPlaces.Subscribe);
        while (properties.MoveNext())
        {
            if (properties.Id == PropertyId.SubscriptionIdentifier)
                identifier = properties.Number;
            else
                answers.Take(properties);
        }

        if (properties.Failed)
            return fields.Fail(properties.Violation);
        if (!TryReadEntries(ref fields, out var entries))
            return false;
        packet = new SubscribePacket(packetId, entries)
        {
            SubscriptionIdentifier = identifier,
            UserProperties = answers.UserProperties ?? [],
        };
        return true;
    }

    private static bool TryReadEntries(ref FieldReader fields, [NotNullWhen(true)] out List<SubscribeEntry>? entries)
    {
        entries = null;
        if (fields.End)
        {
            return fields.Fail(new ProtocolViolation(
                ReasonCode.ProtocolError, fields.Version == MqttVersion.V5 ? "MQTT5-3.8.3-2" : "MQTT3-3.8.3-3", "SUBSCRIBE without a filter"));
        }

        var read = new List<SubscribeEntry>();
        while (!fields.End)
        {
            if (!FilterReader.TryRead(ref fields, out var filter)
                || !fields.TryReadByte(out var options)
                || !AreOptionsAllowed(ref fields, options, filter))
            {
                return false;
            }

            read.Add(new SubscribeEntry(filter, new SubscriptionOptions(
                (QoS)(options & 3), (options & 4) != 0, (options & 8) != 0, (RetainHandling)((options >> 4) & 3))));
        }

        entries = read;
        return true;
    }

    private static bool AreOptionsAllowed(ref FieldReader fields, byte options, string filter)
    {
        var version = fields.Version;
        var reserved = version == MqttVersion.V5 ? 0b1100_0000 : 0b1111_1100;
        if ((options & reserved) != 0)
            return fields.Fail(Violations.Malformed(version, "MQTT3-3.8.3-4", "MQTT5-3.8.3-5", "reserved bits of the subscription options are set"));
        if ((options & 3) == 3)
            return fields.Fail(OptionViolation(version, "MQTT5 3.8.3.1", "the QoS of a subscription is 3"));
        if ((options & 0b0011_0000) == 0b0011_0000)
            return fields.Fail(Violations.Protocol("MQTT5 3.8.3.1", "the retain handling of a subscription is 3"));
        if ((options & 4) != 0 && TopicRules.IsShared(filter))
            return fields.Fail(Violations.Protocol("MQTT5-3.8.3-4", "no-local on a shared subscription"));
        return true;
    }

    private static ProtocolViolation OptionViolation(MqttVersion version, string statement5, string detail) => version == MqttVersion.V5
        ? Violations.Protocol(statement5, detail)
        : new ProtocolViolation(ReasonCode.MalformedPacket, "MQTT3-3.8.3-4", detail);
}
