using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>
/// Takes the fields of a packet's body one after the other. Nothing is copied: text and binary are slices. Every method answers whether it could,
/// and if not says why in <see cref="Violation"/>; what comes after a failure is not read.
/// </summary>
internal ref struct FieldReader(in ReadOnlySequence<byte> body, MqttVersion version)
{
    private SequenceReader<byte> _reader = new(body);

    public MqttVersion Version { get; } = version;

    public ProtocolViolation Violation { get; private set; }

    public readonly bool End => _reader.End;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySequence<byte> Rest => _reader.UnreadSequence;

    public bool TryReadByte(out byte value) => _reader.TryRead(out value) || FailTooShort();

    public bool TryReadUInt16(out ushort value)
    {
        var read = _reader.TryReadBigEndian(out short number);
        value = (ushort)number;
        return read || FailTooShort();
    }

    public bool TryReadUInt32(out uint value)
    {
        var read = _reader.TryReadBigEndian(out int number);
        value = (uint)number;
        return read || FailTooShort();
    }

    /// <summary>A packet identifier: any number but 0.</summary>
    public bool TryReadPacketId(out ushort value) => TryReadUInt16(out value) && (value != 0 || Fail(Violations.PacketIdZero(Version)));

    public bool TryReadVariableInteger(out uint value)
    {
        value = 0;
        for (var shift = 0; shift < 7 * VariableInteger.LargestBytes; shift += 7)
        {
            if (!TryReadByte(out var next))
                return false;
            value |= (uint)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
                return next != 0 || shift == 0 || Fail(Violations.LengthNotMinimal);
        }

        return Fail(Violations.LengthTooLong);
    }

    /// <summary>Two bytes of length, then so many bytes.</summary>
    public bool TryReadBinary(out ReadOnlySequence<byte> value)
    {
        value = default;
        return TryReadUInt16(out var length) && (_reader.TryReadExact(length, out value) || FailTooShort());
    }

    public bool TryReadText(out ReadOnlySequence<byte> value)
    {
        if (!TryReadBinary(out value))
            return false;
        return StrictText.Check(value) switch
        {
            TextCheck.IllFormed => Fail(Violations.IllFormedText(Version)),
            TextCheck.HasNull => Fail(Violations.NullInText(Version)),
            _ => true,
        };
    }

    public bool TryReadString([NotNullWhen(true)] out string? value)
    {
        value = TryReadText(out var text) ? StrictText.Read(text) : null;
        return value is not null;
    }

    /// <summary>The property list: its length, then so many bytes (5.0, section 2.2.2). Empty on 3.1.1, which has none.</summary>
    public bool TryReadProperties(out ReadOnlySequence<byte> value)
    {
        value = ReadOnlySequence<byte>.Empty;
        if (Version == MqttVersion.V311)
            return true;
        if (!TryReadVariableInteger(out var length))
            return false;
        return length == 0 || _reader.TryReadExact((int)length, out value) || Fail(Violations.PropertiesTooLong);
    }

    public bool TryEnd() => _reader.End || Fail(Violations.TrailingBytes(Version));

    /// <summary>Always false, so that a parser can end with it.</summary>
    public bool Fail(in ProtocolViolation violation)
    {
        Violation = violation;
        return false;
    }

    private bool FailTooShort() => Fail(Violations.TooShort(Version));
}
