using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>A parsed PUBLISH with everything it says, kept beyond its buffer.</summary>
internal sealed record PublishCopy(ApplicationMessage Message, PublishForm Form)
{
    public static PublishCopy Of(in PublishPacket packet)
    {
        var identifiers = new List<uint>();
        packet.ReadSubscriptionIdentifiers(identifiers);
        var form = new PublishForm(packet.QoS, packet.Retain, packet.IsDuplicate, packet.PacketId)
        {
            TopicAlias = packet.TopicAlias,
            OmitTopic = packet.Topic.IsEmpty,
            ExpirySeconds = packet.ExpirySeconds,
            SubscriptionIdentifiers = identifiers,
        };
        return new PublishCopy(packet.ToMessage(), form);
    }
}
