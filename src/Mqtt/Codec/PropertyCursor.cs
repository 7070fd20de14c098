using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>
/// Walks a property list (5.0, section 2.2.2) and checks it on the way: known, allowed in this place, not twice, and a value that the property
/// may have. Costs no memory; values are slices.
/// </summary>
internal ref struct PropertyCursor(in ReadOnlySequence<byte> properties, PropertyPlaces place)
{
    private FieldReader _fields = new(properties, MqttVersion.V5);
    private ulong _seen;
    private ReadOnlySequence<byte> _first;
    private ReadOnlySequence<byte> _second;

    public PropertyId Id { get; private set; }

    /// <summary>The value of a number or flag.</summary>
    public uint Number { get; private set; }

    public readonly bool IsSet => Number != 0;

    public readonly bool Failed => Violation.Statement is not null;

    public readonly ProtocolViolation Violation => _fields.Violation;

    /// <summary>False at the end and on a violation.</summary>
    public bool MoveNext()
    {
        if (_fields.End || Failed || !_fields.TryReadVariableInteger(out var id))
            return false;
        Id = (PropertyId)id;
        var (kind, places) = PropertyTable.Of(id);
        if ((places & place) == 0)
            return _fields.Fail(NotHere(kind));
        if ((_seen & (1UL << (int)id)) != 0 && !PropertyTable.MayRepeat(Id, place))
            return _fields.Fail(Violations.Protocol("MQTT5 2.2.2.2", "a property comes twice"));
        _seen |= 1UL << (int)id;
        return TryReadValue(kind) && IsValueAllowed();
    }

    public readonly string ReadText() => StrictText.Read(_first);

    public readonly ReadOnlyMemory<byte> ReadBinary() => _first.ToArray();

    public readonly UserProperty ReadPair() => new(StrictText.Read(_first), StrictText.Read(_second));

    /// <summary>Adds the pair to a list that is made when the first comes.</summary>
    public readonly void ReadPair(ref List<UserProperty>? into) => (into ??= []).Add(ReadPair());

    private static ProtocolViolation NotHere(PropertyKind kind) => new(
        ReasonCode.MalformedPacket, "MQTT5 2.2.2.2", kind == PropertyKind.Unknown ? "a property is unknown" : "a property is not allowed in this packet");

    private bool TryReadValue(PropertyKind kind)
    {
        switch (kind)
        {
            case PropertyKind.Flag:
                var read = _fields.TryReadByte(out var flag);
                Number = flag;
                return read && (flag <= 1 || _fields.Fail(Violations.Protocol("MQTT5 2.2.2.2", "a property that is 0 or 1 has another value")));
            case PropertyKind.UInt16:
                var readShort = _fields.TryReadUInt16(out var number);
                Number = number;
                return readShort;
            case PropertyKind.UInt32:
                var readLong = _fields.TryReadUInt32(out var wide);
                Number = wide;
                return readLong;
            case PropertyKind.VariableInteger:
                var readVariable = _fields.TryReadVariableInteger(out var variable);
                Number = variable;
                return readVariable;
            case PropertyKind.Text:
                return _fields.TryReadText(out _first);
            case PropertyKind.Binary:
                return _fields.TryReadBinary(out _first);
            case PropertyKind.TextPair:
                return _fields.TryReadText(out _first) && _fields.TryReadText(out _second);
            case PropertyKind.Unknown:
            default:
                return false;
        }
    }

    private bool IsValueAllowed() => Id switch
    {
        PropertyId.ReceiveMaximum when Number == 0 => _fields.Fail(Violations.Protocol("MQTT5 3.1.2.11.3", "Receive Maximum is 0")),
        PropertyId.MaximumPacketSize when Number == 0 => _fields.Fail(Violations.Protocol("MQTT5 3.1.2.11.4", "Maximum Packet Size is 0")),
        PropertyId.SubscriptionIdentifier when Number == 0 =>
            _fields.Fail(Violations.Protocol("MQTT5 3.8.2.1.2", "Subscription Identifier is 0")),
        PropertyId.TopicAlias when Number == 0 =>
            _fields.Fail(new ProtocolViolation(ReasonCode.TopicAliasInvalid, "MQTT5-3.3.2-8", "Topic Alias is 0")),
        PropertyId.ResponseTopic when _first.IsEmpty => _fields.Fail(Violations.Protocol("MQTT5-4.7.3-1", "Response Topic is empty")),
        PropertyId.ResponseTopic when TopicBytes.HasWildcard(_first) =>
            _fields.Fail(Violations.Protocol("MQTT5-3.3.2-14", "Response Topic contains a wildcard")),
        _ => true,
    };
}
