using System.Buffers;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>The properties that belong to an application message, in PUBLISH and in the will of CONNECT; collected while a list is walked.</summary>
internal struct MessageProperties
{
    private string? _contentType;
    private string? _responseTopic;
    private ReadOnlyMemory<byte>? _correlationData;
    private bool _isText;
    private uint? _expirySeconds;
    private List<UserProperty>? _users;

    public void Take(in PropertyCursor property)
    {
        switch (property.Id)
        {
            case PropertyId.PayloadFormatIndicator:
                _isText = property.IsSet;
                break;
            case PropertyId.MessageExpiryInterval:
                _expirySeconds = property.Number;
                break;
            case PropertyId.ContentType:
                _contentType = property.ReadText();
                break;
            case PropertyId.ResponseTopic:
                _responseTopic = property.ReadText();
                break;
            case PropertyId.CorrelationData:
                _correlationData = property.ReadBinary();
                break;
            case PropertyId.UserProperty:
                property.ReadPair(ref _users);
                break;
            default:
                break;
        }
    }

    public readonly ApplicationMessage ToMessage(string topic, in ReadOnlySequence<byte> payload, QoS qos, bool retain) => new()
    {
        Topic = topic,
        Payload = payload.ToArray(),
        QoS = qos,
        Retain = retain,
        IsText = _isText,
        ExpirySeconds = _expirySeconds,
        ContentType = _contentType,
        ResponseTopic = _responseTopic,
        CorrelationData = _correlationData,
        UserProperties = _users is null ? [] : _users,
    };
}
