using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

internal static class ConnectParser
{
    private static readonly byte[] ProtocolName = "MQTT"u8.ToArray();

    /// <param name="frame">A CONNECT frame.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="answerIn">The version a refusal is to be written in: 5.0 if the client said 5 or more, else 3.1.1. Set also on a violation.</param>
    /// <param name="violation">What is wrong.</param>
    public static bool TryParse(
        in PacketFrame frame, [NotNullWhen(true)] out ConnectPacket? packet, out MqttVersion answerIn, out ProtocolViolation violation)
    {
        packet = null;
        if (!TryReadVersion(frame, out answerIn, out var rest, out violation))
            return false;
        var fields = new FieldReader(rest, answerIn);
        var read = TryReadHeader(ref fields, out var header) && TryReadPayload(ref fields, header, out packet);
        violation = fields.Violation;
        return read;
    }

    // Name and level decide in which version the rest is read.
    private static bool TryReadVersion(
        in PacketFrame frame, out MqttVersion version, out ReadOnlySequence<byte> rest, out ProtocolViolation violation)
    {
        version = MqttVersion.V311;
        rest = default;
        var fields = new FieldReader(frame.Body, MqttVersion.V311);
        if (!fields.TryReadBinary(out var name) || !fields.TryReadByte(out var level))
        {
            violation = fields.Violation;
            return false;
        }

        violation = default;
        rest = fields.Rest;
        var isNamed = name.Length == ProtocolName.Length && IsProtocolName(name);
        if (isNamed && level >= (byte)MqttVersion.V5)
            version = MqttVersion.V5;
        if (!isNamed)
            violation = new ProtocolViolation(ReasonCode.UnsupportedProtocolVersion, "MQTT3-3.1.2-1", "the protocol name is not MQTT");
        else if (level is not ((byte)MqttVersion.V311 or (byte)MqttVersion.V5))
            violation = UnknownLevel(version);
        return violation.Statement is null;
    }

    private static ProtocolViolation UnknownLevel(MqttVersion version) => new(
        ReasonCode.UnsupportedProtocolVersion, version == MqttVersion.V5 ? "MQTT5-3.1.2-2" : "MQTT3-3.1.2-2", "the protocol level is neither 4 nor 5");

    private static bool IsProtocolName(in ReadOnlySequence<byte> name)
    {
        Span<byte> copy = stackalloc byte[ProtocolName.Length];
        name.CopyTo(copy);
        return copy.SequenceEqual(ProtocolName);
    }

    private static bool TryReadHeader(ref FieldReader fields, out ConnectHeader header)
    {
        header = default;
        if (!fields.TryReadByte(out var flags)
            || !AreFlagsAllowed(ref fields, flags)
            || !fields.TryReadUInt16(out var keepAlive)
            || !fields.TryReadProperties(out var properties))
        {
            return false;
        }

        header = new ConnectHeader(flags, keepAlive, properties);
        return true;
    }

    private static bool AreFlagsAllowed(ref FieldReader fields, byte flags)
    {
        var version = fields.Version;
        var willQoS = ConnectFlags.WillQoS(flags);
        if ((flags & ConnectFlags.Reserved) != 0)
            return fields.Fail(Violations.Malformed(version, "MQTT3-3.1.2-3", "MQTT5-3.1.2-3", "the reserved connect flag is set"));
        if (willQoS == 3)
            return fields.Fail(Violations.Malformed(version, "MQTT3-3.1.2-14", "MQTT5-3.1.2-12", "the QoS of the will is 3"));
        if ((flags & ConnectFlags.Will) == 0 && willQoS != 0)
            return fields.Fail(Violations.Malformed(version, "MQTT3-3.1.2-13", "MQTT5-3.1.2-11", "a QoS is set for a will that is not there"));
        if ((flags & ConnectFlags.Will) == 0 && (flags & ConnectFlags.WillRetain) != 0)
            return fields.Fail(Violations.Malformed(version, "MQTT3-3.1.2-15", "MQTT5-3.1.2-13", "retain is set for a will that is not there"));
        if (version == MqttVersion.V311 && (flags & ConnectFlags.UserName) == 0 && (flags & ConnectFlags.Password) != 0)
            return fields.Fail(new ProtocolViolation(ReasonCode.MalformedPacket, "MQTT3-3.1.2-22", "a password without a user name"));
        return true;
    }

    private static bool TryReadPayload(ref FieldReader fields, in ConnectHeader header, [NotNullWhen(true)] out ConnectPacket? packet)
    {
        packet = null;
        var cleanStart = (header.Flags & ConnectFlags.CleanStart) != 0;
        if (!TryReadProperties(ref fields, header.Properties, out var properties) || !fields.TryReadString(out var clientId))
            return false;
        if (clientId.Length == 0 && !cleanStart && fields.Version == MqttVersion.V311)
        {
            return fields.Fail(new ProtocolViolation(
                ReasonCode.ClientIdentifierNotValid, "MQTT3-3.1.3-8", "a client without identifier cannot keep a session"));
        }

        WillMessage? will = null;
        string? userName = null;
        ReadOnlySequence<byte> password = default;
        if (((header.Flags & ConnectFlags.Will) != 0 && !TryReadWill(ref fields, header.Flags, out will))
            || ((header.Flags & ConnectFlags.UserName) != 0 && !fields.TryReadString(out userName))
            || ((header.Flags & ConnectFlags.Password) != 0 && !fields.TryReadBinary(out password))
            || !fields.TryEnd())
        {
            return false;
        }

        packet = properties with
        {
            Version = fields.Version,
            ClientId = clientId,
            CleanStart = cleanStart,
            KeepAliveSeconds = header.KeepAliveSeconds,
            Will = will,
            UserName = userName,
            Password = (header.Flags & ConnectFlags.Password) != 0 ? (ReadOnlyMemory<byte>?)password.ToArray() : null,
        };
        return true;
    }

    private static bool TryReadWill(ref FieldReader fields, byte flags, [NotNullWhen(true)] out WillMessage? will) =>
        WillParser.TryRead(ref fields, (QoS)ConnectFlags.WillQoS(flags), (flags & ConnectFlags.WillRetain) != 0, out will);

    // A record with the properties set and the rest to come: a bag of its own would name all of them a third time.
    private static bool TryReadProperties(ref FieldReader fields, in ReadOnlySequence<byte> list, [NotNullWhen(true)] out ConnectPacket? packet)
    {
        packet = new ConnectPacket { Version = fields.Version, ClientId = "" };
        if (list.IsEmpty)
            return true;
        List<UserProperty>? users = null;
        var properties = new PropertyCursor(list, PropertyPlaces.Connect);
        while (properties.MoveNext())
        {
            if (properties.Id == PropertyId.UserProperty)
                properties.ReadPair(ref users);
            else
                packet = With(packet, properties);
        }

        if (properties.Failed)
            return fields.Fail(properties.Violation);
        if (packet.AuthenticationData is not null && packet.AuthenticationMethod is null)
            return fields.Fail(Violations.Protocol("MQTT5 3.1.2.11.10", "authentication data without a method"));
        if (users is not null)
            packet = packet with { UserProperties = users };
        return true;
    }

    private static ConnectPacket With(ConnectPacket packet, in PropertyCursor property) => property.Id switch
    {
        PropertyId.SessionExpiryInterval => packet with { SessionExpirySeconds = property.Number },
        PropertyId.ReceiveMaximum => packet with { ReceiveMaximum = (ushort)property.Number },
        PropertyId.MaximumPacketSize => packet with { MaximumPacketBytes = property.Number },
        PropertyId.TopicAliasMaximum => packet with { TopicAliasMaximum = (ushort)property.Number },
        PropertyId.RequestResponseInformation => packet with { RequestResponseInformation = property.IsSet },
        PropertyId.RequestProblemInformation => packet with { RequestProblemInformation = property.IsSet },
        PropertyId.AuthenticationMethod => packet with { AuthenticationMethod = property.ReadText() },
        PropertyId.AuthenticationData => packet with { AuthenticationData = property.ReadBinary() },
        _ => packet,
    };

    private readonly struct ConnectHeader(byte flags, ushort keepAliveSeconds, in ReadOnlySequence<byte> properties)
    {
        public byte Flags { get; } = flags;

        public ushort KeepAliveSeconds { get; } = keepAliveSeconds;

        public ReadOnlySequence<byte> Properties { get; } = properties;
    }
}
