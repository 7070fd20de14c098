using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>
/// PUBLISH (section 3.3) as slices of the reader's buffer: parsing it costs no memory, and as a ref struct it cannot outlive an iteration of the
/// reading loop. Everything in it has been checked; what is kept is copied by <see cref="ToMessage"/>.
/// </summary>
internal readonly ref struct PublishPacket
{
    public QoS QoS { get; init; }

    public bool IsDuplicate { get; init; }

    public bool Retain { get; init; }

    /// <summary>0 on QoS 0.</summary>
    public ushort PacketId { get; init; }

    /// <summary>Empty: the topic of <see cref="TopicAlias"/>.</summary>
    public ReadOnlySequence<byte> Topic { get; init; }

    /// <summary>0: none.</summary>
    public ushort TopicAlias { get; init; }

    public bool IsText { get; init; }

    public uint? ExpirySeconds { get; init; }

    /// <summary>The property list without its length, checked.</summary>
    public ReadOnlySequence<byte> Properties { get; init; }

    public ReadOnlySequence<byte> Payload { get; init; }

    /// <summary>The topic as text; not for a packet that names an alias only.</summary>
    public string ReadTopic() => StrictText.Read(Topic);

    /// <summary>Appends the subscription identifiers, in their order; only packets from servers have any.</summary>
    public void ReadSubscriptionIdentifiers(ICollection<uint> into)
    {
        var properties = new PropertyCursor(Properties, PropertyPlaces.Publish);
        while (properties.MoveNext())
        {
            if (properties.Id == PropertyId.SubscriptionIdentifier)
                into.Add(properties.Number);
        }
    }

    /// <summary>Copies what is kept. <paramref name="topic"/> is the topic resolved from the alias, or one already read; null reads it.</summary>
    public ApplicationMessage ToMessage(string? topic = null)
    {
        var message = default(MessageProperties);
        var properties = new PropertyCursor(Properties, PropertyPlaces.Publish);
        while (properties.MoveNext())
            message.Take(properties);
        return message.ToMessage(topic ?? ReadTopic(), Payload, QoS, Retain);
    }
}
