namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>What a connection wants of its session, as far as CONNECT says it and access allows it.</summary>
public sealed record SessionRequest
{
    /// <summary>Empty: the broker assigns one (5.0, section 3.1.3.1).</summary>
    public required string ClientId { get; init; }

    public required MqttVersion Version { get; init; }

    /// <summary>Clean Session on 3.1.1.</summary>
    public bool CleanStart { get; init; }

    /// <summary>0: ends with the connection; 0xFFFFFFFF: never. On 3.1.1: 0 for Clean Session, else 0xFFFFFFFF.</summary>
    public uint ExpirySeconds { get; init; }

    /// <summary>The receiver's: unanswered deliveries of QoS 1 and 2 at once; at least 1.</summary>
    public ushort ReceiveMaximum { get; init; } = ushort.MaxValue;

    public WillMessage? Will { get; init; }

    /// <summary>The one in force, for who watches presence; 0: none.</summary>
    public int KeepAliveSeconds { get; init; }

    /// <summary>As access named it, for who watches presence.</summary>
    public string? Gateway { get; init; }
}
