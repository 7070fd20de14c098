namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>DISCONNECT (section 3.14). On 3.1.1 only clients send it, and it says nothing but that they leave.</summary>
internal sealed record DisconnectPacket(ReasonCode Reason = ReasonCode.Success)
{
    /// <summary>From clients only; null: the one of CONNECT stays.</summary>
    public uint? SessionExpirySeconds { get; init; }

    public string? ReasonString { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];

    /// <summary>From servers only.</summary>
    public string? ServerReference { get; init; }
}
