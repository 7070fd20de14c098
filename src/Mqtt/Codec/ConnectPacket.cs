namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>CONNECT (section 3.1). What only 5.0 has stands at its default on 3.1.1.</summary>
internal sealed record ConnectPacket
{
    public required MqttVersion Version { get; init; }

    /// <summary>Empty: the server is to assign one.</summary>
    public required string ClientId { get; init; }

    /// <summary>Clean Session on 3.1.1.</summary>
    public bool CleanStart { get; init; }

    /// <summary>0: no keep-alive.</summary>
    public ushort KeepAliveSeconds { get; init; }

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }

    public WillMessage? Will { get; init; }

    /// <summary>0: the session ends with the connection. 0xFFFFFFFF: it does not expire.</summary>
    public uint SessionExpirySeconds { get; init; }

    public ushort ReceiveMaximum { get; init; } = ushort.MaxValue;

    /// <summary>Null: no limit but the protocol's own.</summary>
    public uint? MaximumPacketBytes { get; init; }

    public ushort TopicAliasMaximum { get; init; }

    public bool RequestResponseInformation { get; init; }

    public bool RequestProblemInformation { get; init; } = true;

    public IReadOnlyList<UserProperty> UserProperties { get; init; } = [];

    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    /// <summary>What <see cref="PacketFormatter"/> takes as the receiver's limit.</summary>
    public int PacketLimitBytes => PacketLimits.Of(MaximumPacketBytes);
}
