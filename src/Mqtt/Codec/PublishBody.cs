namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>The variable header of PUBLISH as fields (section 3.3.2). Its properties are the message's own: none may be left out.</summary>
internal readonly struct PublishBody(ApplicationMessage message, PublishForm form, MqttVersion version) : IPacketBody
{
    public byte FirstByte
    {
        get
        {
            var duplicate = form.IsDuplicate && form.QoS != QoS.AtMostOnce ? 1 << 3 : 0;
            return (byte)(((int)PacketType.Publish << 4) | duplicate | ((int)form.QoS << 1) | (form.Retain ? 1 : 0));
        }
    }

    public void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (version == MqttVersion.V311)
            return;
        PropertySink.UInt16(ref sink, PropertyId.TopicAlias, form.TopicAlias, unless: 0);
        PropertySink.Message(ref sink, message, form.ExpirySeconds);
        for (var i = 0; i < (form.SubscriptionIdentifiers?.Count ?? 0); i++)
            PropertySink.Identifier(ref sink, form.SubscriptionIdentifiers![i]); // not null: it has a count
    }

    public void Fields<TSink>(ref TSink sink, AnswerParts parts, int propertyBytes)
        where TSink : struct, IFieldSink, allows ref struct
    {
        sink.Text(form.OmitTopic && version == MqttVersion.V5 ? "" : message.Topic);
        if (form.QoS != QoS.AtMostOnce)
            sink.UInt16(form.PacketId);
        if (version == MqttVersion.V311)
            return;
        sink.VariableInteger((uint)propertyBytes);
        Properties(ref sink, parts);
    }
}
