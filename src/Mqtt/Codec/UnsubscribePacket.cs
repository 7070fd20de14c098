namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>UNSUBSCRIBE (section 3.10).</summary>
internal sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters)
{
    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}
