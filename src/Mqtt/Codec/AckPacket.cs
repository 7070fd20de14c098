namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP (sections 3.4 to 3.7). Without reason string and user properties it owns no memory.</summary>
internal readonly record struct AckPacket(
    PacketType Type,
    ushort PacketId,
    ReasonCode Reason = ReasonCode.Success,
    string? ReasonString = null,
    IReadOnlyList<UserProperty>? UserProperties = null);
