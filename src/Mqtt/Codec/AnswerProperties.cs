namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Reason string and user properties: all that acknowledgements and SUBSCRIBE-like packets carry besides their own.</summary>
internal struct AnswerProperties
{
    private List<UserProperty>? _users;

    public string? ReasonString { get; private set; }

    /// <summary>Null where there are none.</summary>
    public readonly IReadOnlyList<UserProperty>? UserProperties => _users;

    public void Take(in PropertyCursor property)
    {
        if (property.Id == PropertyId.ReasonString)
            ReasonString = property.ReadText();
        else if (property.Id == PropertyId.UserProperty)
            property.ReadPair(ref _users);
    }

    /// <summary>Reads a whole list that holds nothing else of interest.</summary>
    public bool TryRead(ref FieldReader fields, PropertyPlaces place)
    {
        if (!fields.TryReadProperties(out var list))
            return false;
        if (list.IsEmpty)
            return true;
        var properties = new PropertyCursor(list, place);
        while (properties.MoveNext())
            Take(properties);
        return !properties.Failed || fields.Fail(properties.Violation);
    }
}
