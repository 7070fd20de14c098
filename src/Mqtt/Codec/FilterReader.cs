using System.Diagnostics.CodeAnalysis;
using EdgeEnforcement.Mqtt.Topics;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>A topic filter in the payload of SUBSCRIBE or UNSUBSCRIBE, checked by section 4.7 and, on 5.0, 4.8.2.</summary>
internal static class FilterReader
{
    public static bool TryRead(ref FieldReader fields, [NotNullWhen(true)] out string? filter)
    {
        if (!fields.TryReadString(out filter))
            return false;
        var fault = TopicRules.CheckFilter(filter, allowShared: fields.Version == MqttVersion.V5);
        return fault == FilterFault.None || fields.Fail(Violation(fault, fields.Version));
    }

    private static ProtocolViolation Violation(FilterFault fault, MqttVersion version)
    {
        var is5 = version == MqttVersion.V5;
        return fault switch
        {
            FilterFault.Empty => Invalid(is5 ? "MQTT5-4.7.3-1" : "MQTT3-4.7.3-1", "a topic filter is empty"),
            FilterFault.HashNotLast => Invalid(is5 ? "MQTT5-4.7.1-1" : "MQTT3-4.7.1-2", "# is not the whole last level of a topic filter"),
            FilterFault.PlusNotAlone => Invalid(is5 ? "MQTT5-4.7.1-2" : "MQTT3-4.7.1-3", "+ is not a whole level of a topic filter"),
            FilterFault.ShareNameMissing => Invalid("MQTT5-4.8.2-1", "a shared subscription has no share name"),
            FilterFault.ShareNameInvalid => Invalid("MQTT5-4.8.2-2", "a share name contains a wildcard, or no filter follows it"),
            FilterFault.None => default,
            _ => default,
        };
    }

    private static ProtocolViolation Invalid(string statement, string detail) => new(ReasonCode.TopicFilterInvalid, statement, detail);
}
