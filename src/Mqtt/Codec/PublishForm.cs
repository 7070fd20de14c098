namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>How a message travels in one PUBLISH, apart from what it says. The message's own QoS, retain flag and expiry are not written.</summary>
internal readonly record struct PublishForm(QoS QoS, bool Retain = false, bool IsDuplicate = false, ushort PacketId = 0)
{
    /// <summary>0: none. 5.0 only.</summary>
    public ushort TopicAlias { get; init; }

    /// <summary>The receiver knows the topic of this alias already.</summary>
    public bool OmitTopic { get; init; }

    /// <summary>What is left of the message's expiry (MQTT5-3.3.2-6).</summary>
    public uint? ExpirySeconds { get; init; }

    public IReadOnlyList<uint>? SubscriptionIdentifiers { get; init; }
}
