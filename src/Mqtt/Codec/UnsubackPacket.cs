namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>UNSUBACK (section 3.11): one reason for each filter, in their order. On 3.1.1 none travel.</summary>
internal sealed record UnsubackPacket(ushort PacketId, IReadOnlyList<ReasonCode> Reasons)
{
    public string? ReasonString { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}
