namespace EdgeEnforcement.Mqtt;

/// <summary>An application message that owns its bytes: what was published, apart from how it travelled.</summary>
public sealed record ApplicationMessage
{
    /// <summary>Without wildcards, checked.</summary>
    public required string Topic { get; init; }

    public ReadOnlyMemory<byte> Payload { get; init; }

    public QoS QoS { get; init; }

    public bool Retain { get; init; }

    /// <summary>Payload Format Indicator: the payload is UTF-8 (5.0, section 3.3.2.3.2).</summary>
    public bool IsText { get; init; }

    /// <summary>Message Expiry Interval in seconds as published; null: it does not expire.</summary>
    public uint? ExpirySeconds { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    /// <summary>Null where there is none; empty is a value of its own.</summary>
    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];
}
