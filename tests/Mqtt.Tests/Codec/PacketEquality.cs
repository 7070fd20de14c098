using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>Whether two packets say the same; records compare lists and memory by reference, so those are compared here and then taken out.</summary>
internal static class PacketEquality
{
    public static bool Same(object a, object b) => (a, b) switch
    {
        (ConnectPacket x, ConnectPacket y) => Users(x.UserProperties, y.UserProperties) && Bytes(x.Password, y.Password)
            && Bytes(x.AuthenticationData, y.AuthenticationData) && Same(x.Will, y.Will) && Bare(x) == Bare(y),
        (ConnackPacket x, ConnackPacket y) => Users(x.UserProperties, y.UserProperties)
            && Bytes(x.AuthenticationData, y.AuthenticationData) && Bare(x) == Bare(y),
        (PublishCopy x, PublishCopy y) => Same(x.Message, y.Message) && Same(x.Form, y.Form),
        (AckPacket x, AckPacket y) => Users(x.UserProperties, y.UserProperties)
            && x with { UserProperties = null } == y with { UserProperties = null },
        (SubscribePacket x, SubscribePacket y) => Users(x.UserProperties, y.UserProperties) && x.Entries.SequenceEqual(y.Entries)
            && x with { UserProperties = [], Entries = [] } == y with { UserProperties = [], Entries = [] },
        (SubackPacket x, SubackPacket y) => Users(x.UserProperties, y.UserProperties) && x.Reasons.SequenceEqual(y.Reasons)
            && x with { UserProperties = [], Reasons = [] } == y with { UserProperties = [], Reasons = [] },
        (UnsubscribePacket x, UnsubscribePacket y) => Users(x.UserProperties, y.UserProperties) && x.Filters.SequenceEqual(y.Filters)
            && x with { UserProperties = [], Filters = [] } == y with { UserProperties = [], Filters = [] },
        (UnsubackPacket x, UnsubackPacket y) => Users(x.UserProperties, y.UserProperties) && x.Reasons.SequenceEqual(y.Reasons)
            && x with { UserProperties = [], Reasons = [] } == y with { UserProperties = [], Reasons = [] },
        (DisconnectPacket x, DisconnectPacket y) => Users(x.UserProperties, y.UserProperties)
            && x with { UserProperties = [] } == y with { UserProperties = [] },
        (AuthPacket x, AuthPacket y) => Users(x.UserProperties, y.UserProperties) && Bytes(x.AuthenticationData, y.AuthenticationData)
            && Bare(x) == Bare(y),
        (PacketType x, PacketType y) => x == y,
        _ => false,
    };

    private static ConnectPacket Bare(ConnectPacket x) => x with { UserProperties = [], Password = null, AuthenticationData = null, Will = null };

    private static ConnackPacket Bare(ConnackPacket x) => x with { UserProperties = [], AuthenticationData = null };

    private static AuthPacket Bare(AuthPacket x) => x with { UserProperties = [], AuthenticationData = null };

    private static bool Same(WillMessage? a, WillMessage? b) =>
        (a is null && b is null) || (a is not null && b is not null && a.DelaySeconds == b.DelaySeconds && Same(a.Message, b.Message));

    private static bool Same(ApplicationMessage a, ApplicationMessage b) => Users(a.UserProperties, b.UserProperties)
        && a.Payload.Span.SequenceEqual(b.Payload.Span) && Bytes(a.CorrelationData, b.CorrelationData) && Bare(a) == Bare(b);

    private static ApplicationMessage Bare(ApplicationMessage x) => x with { UserProperties = [], Payload = default, CorrelationData = null };

    private static bool Same(in PublishForm a, in PublishForm b) =>
        (a.SubscriptionIdentifiers ?? []).SequenceEqual(b.SubscriptionIdentifiers ?? [])
        && a with { SubscriptionIdentifiers = null } == b with { SubscriptionIdentifiers = null };

    // Null and empty are different for binary values, the same for lists.
    private static bool Bytes(ReadOnlyMemory<byte>? a, ReadOnlyMemory<byte>? b) =>
        a.HasValue == b.HasValue && a.GetValueOrDefault().Span.SequenceEqual(b.GetValueOrDefault().Span);

    private static bool Users(IReadOnlyList<UserProperty>? a, IReadOnlyList<UserProperty>? b) => (a ?? []).SequenceEqual(b ?? []);
}
