namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>CONNACK (section 3.2). On 3.1.1 only the first two travel, the reason as one of its six return codes.</summary>
internal sealed record ConnackPacket
{
    public bool SessionPresent { get; init; }

    public required ReasonCode Reason { get; init; }

    /// <summary>Null: the one the client asked for.</summary>
    public uint? SessionExpirySeconds { get; init; }

    public ushort ReceiveMaximum { get; init; } = ushort.MaxValue;

    public QoS MaximumQoS { get; init; } = QoS.ExactlyOnce;

    public bool RetainAvailable { get; init; } = true;

    public uint? MaximumPacketBytes { get; init; }

    public string? AssignedClientId { get; init; }

    public ushort TopicAliasMaximum { get; init; }

    public string? ReasonString { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];

    public bool WildcardSubscriptionsAvailable { get; init; } = true;

    public bool SubscriptionIdentifiersAvailable { get; init; } = true;

    public bool SharedSubscriptionsAvailable { get; init; } = true;

    /// <summary>Null: the one the client asked for.</summary>
    public ushort? ServerKeepAliveSeconds { get; init; }

    public string? ResponseInformation { get; init; }

    public string? ServerReference { get; init; }

    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    public int PacketLimitBytes => PacketLimits.Of(MaximumPacketBytes);
}
