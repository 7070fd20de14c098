namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// An application message inside a fact.
internal static class MessageForm
{
    [Flags]
    private enum Parts : byte
    {
        QoSMask = 0x03,
        Retain = 0x04,
        Text = 0x08,
        Expiry = 0x10,
        ContentType = 0x20,
        ResponseTopic = 0x40,
        Correlation = 0x80,
    }

    public static void Write(FactBuffer into, ApplicationMessage message)
    {
        into.U8((byte)PartsOf(message)).Text(message.Topic);
        if (message.ExpirySeconds is { } expiry)
            into.U32(expiry);
        if (message.ContentType is { } contentType)
            into.Text(contentType);
        if (message.ResponseTopic is { } responseTopic)
            into.Text(responseTopic);
        if (message.CorrelationData is { } correlation)
            into.Blob(correlation.Span);
        into.U32((uint)message.UserProperties.Count);
        for (var i = 0; i < message.UserProperties.Count; i++)
            into.Text(message.UserProperties[i].Name).Text(message.UserProperties[i].Value);
        into.Blob(message.Payload.Span);
    }

    private static Parts PartsOf(ApplicationMessage message) =>
        (Parts)message.QoS
        | (message.Retain ? Parts.Retain : 0)
        | (message.IsText ? Parts.Text : 0)
        | (message.ExpirySeconds is null ? 0 : Parts.Expiry)
        | (message.ContentType is null ? 0 : Parts.ContentType)
        | (message.ResponseTopic is null ? 0 : Parts.ResponseTopic)
        | (message.CorrelationData is null ? 0 : Parts.Correlation);

    public static ApplicationMessage Parse(ref FactParser from)
    {
        var parts = (Parts)from.U8();
        return new ApplicationMessage
        {
            QoS = (QoS)(parts & Parts.QoSMask),
            Retain = parts.HasFlag(Parts.Retain),
            IsText = parts.HasFlag(Parts.Text),
            Topic = from.Text(),
            ExpirySeconds = parts.HasFlag(Parts.Expiry) ? from.U32() : null,
            ContentType = parts.HasFlag(Parts.ContentType) ? from.Text() : null,
            ResponseTopic = parts.HasFlag(Parts.ResponseTopic) ? from.Text() : null,
            CorrelationData = parts.HasFlag(Parts.Correlation) ? from.Blob() : (ReadOnlyMemory<byte>?)null,
            UserProperties = ParseUserProperties(ref from),
            Payload = from.Blob(),
        };
    }

    private static UserProperty[] ParseUserProperties(ref FactParser from)
    {
        var count = from.Count(bytesEach: 8);
        if (count == 0)
            return [];
        var properties = new UserProperty[count];
        for (var i = 0; i < count; i++)
            properties[i] = new UserProperty(from.Text(), from.Text());
        return properties;
    }
}
