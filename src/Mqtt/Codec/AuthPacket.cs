namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>AUTH (5.0, section 3.15).</summary>
internal sealed record AuthPacket(ReasonCode Reason = ReasonCode.Success)
{
    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    public string? ReasonString { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}
