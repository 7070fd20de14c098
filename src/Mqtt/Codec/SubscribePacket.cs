namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>SUBSCRIBE (section 3.8). Filters are well formed; whether they are granted is not decided here.</summary>
internal sealed record SubscribePacket(ushort PacketId, IReadOnlyList<SubscribeEntry> Entries)
{
    /// <summary>1 to 268,435,455; null: none.</summary>
    public uint? SubscriptionIdentifier { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}
