using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>PUBLISH as this connection's terms have it: topic alias, DUP, and what the server said it does not take.</summary>
internal sealed class PublishWriter(ConnectionTerms terms)
{
    private readonly PublishAliases _aliases = new(terms.Aliases);

    /// <summary>Success, or why it was not written; then nothing was.</summary>
    public ReasonCode Write(ConnectionOutput output, OutgoingMessage outgoing)
    {
        var message = outgoing.Message;
        if (message.QoS > terms.MaximumQoS)
            return ReasonCode.QoSNotSupported;
        if (message.Retain && !terms.RetainAvailable)
            return ReasonCode.RetainNotSupported;
        var alias = _aliases.Find(message.Topic, out var isKnown);
        var form = new PublishForm(message.QoS, message.Retain, outgoing.State == OutgoingState.Published, outgoing.PacketId)
        {
            TopicAlias = alias,
            OmitTopic = isKnown,
            ExpirySeconds = message.ExpirySeconds,
        };
        if (PacketFormatter.WritePublish(output.Writer, terms.Version, message, form, terms.PacketLimitBytes) > 0)
            return ReasonCode.Success;
        if (alias != 0 && !isKnown)
            _aliases.Forget(message.Topic);
        return ReasonCode.PacketTooLarge;
    }

    /// <summary>Whether a packet can carry this message at all; told to the caller who made it, not to a loop later.</summary>
    /// <exception cref="ArgumentException">The topic is not a name, or a text is none of MQTT's.</exception>
    public static void Check(ApplicationMessage message, MqttVersion version)
    {
        if (!Topics.TopicRules.IsName(message.Topic))
            throw new ArgumentException($"'{message.Topic}' is not a topic name (MQTT5-3.3.2-2)", nameof(message));
        if (!Enum.IsDefined(message.QoS))
            throw new ArgumentException("there are three qualities of service (MQTT5-3.3.1-4)", nameof(message));
        BodyFormatter.Count(new PublishBody(message, new PublishForm(message.QoS, PacketId: 1), version), AnswerParts.All);
    }
}
