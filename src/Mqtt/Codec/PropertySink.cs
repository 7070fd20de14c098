namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Properties as id and value; what is absent or at its default is not written.</summary>
internal static class PropertySink
{
    public static void Flag<TSink>(ref TSink sink, PropertyId id, bool value, bool unless)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (value == unless)
            return;
        sink.Byte((byte)id);
        sink.Byte(value ? (byte)1 : (byte)0);
    }

    public static void UInt16<TSink>(ref TSink sink, PropertyId id, ushort value, ushort unless)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (value == unless)
            return;
        sink.Byte((byte)id);
        sink.UInt16(value);
    }

    public static void UInt32<TSink>(ref TSink sink, PropertyId id, uint? value)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (value is not { } number)
            return;
        sink.Byte((byte)id);
        sink.UInt32(number);
    }

    public static void Text<TSink>(ref TSink sink, PropertyId id, string? value)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (value is null)
            return;
        sink.Byte((byte)id);
        sink.Text(value);
    }

    public static void Binary<TSink>(ref TSink sink, PropertyId id, ReadOnlyMemory<byte>? value)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (value is not { } bytes)
            return;
        sink.Byte((byte)id);
        sink.Binary(bytes.Span);
    }

    public static void Identifier<TSink>(ref TSink sink, uint value)
        where TSink : struct, IFieldSink, allows ref struct
    {
        sink.Byte((byte)PropertyId.SubscriptionIdentifier);
        sink.VariableInteger(value);
    }

    public static void Users<TSink>(ref TSink sink, IReadOnlyList<UserProperty>? properties)
        where TSink : struct, IFieldSink, allows ref struct
    {
        for (var i = 0; i < (properties?.Count ?? 0); i++)
        {
            sink.Byte((byte)PropertyId.UserProperty);
            sink.Text(properties![i].Name); // not null: it has a count
            sink.Text(properties[i].Value);
        }
    }

    /// <summary>The properties of a message but its expiry, which is what is left of it at the time of writing.</summary>
    public static void Message<TSink>(ref TSink sink, ApplicationMessage message, uint? expirySeconds)
        where TSink : struct, IFieldSink, allows ref struct
    {
        Flag(ref sink, PropertyId.PayloadFormatIndicator, message.IsText, unless: false);
        UInt32(ref sink, PropertyId.MessageExpiryInterval, expirySeconds);
        Text(ref sink, PropertyId.ContentType, message.ContentType);
        Text(ref sink, PropertyId.ResponseTopic, message.ResponseTopic);
        Binary(ref sink, PropertyId.CorrelationData, message.CorrelationData);
        Users(ref sink, message.UserProperties);
    }

    /// <summary>Reason string and user properties, as many of them as the form has.</summary>
    public static void Answer<TSink>(ref TSink sink, string? reasonString, IReadOnlyList<UserProperty>? users, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct
    {
        if (parts != AnswerParts.Bare)
            Text(ref sink, PropertyId.ReasonString, reasonString);
        if (parts == AnswerParts.All)
            Users(ref sink, users);
    }
}
