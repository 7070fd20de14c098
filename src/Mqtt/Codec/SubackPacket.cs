namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>SUBACK (section 3.9): one reason for each filter, in their order. On 3.1.1 every failure travels as 0x80.</summary>
internal sealed record SubackPacket(ushort PacketId, IReadOnlyList<ReasonCode> Reasons)
{
    public string? ReasonString { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}
