using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>
/// Takes the fields of a packet's body one after the other. Nothing is copied: text and binary are slices. Every method answers whether it could,
/// and if not says why in <see cref="Violation"/>; what comes after a failure is not read.
/// </summary>
/// <remarks>
/// Most bodies lie in one piece of memory: those are read from a span. The others are read from a sequence that gets shorter. With SequenceReader
/// for both, the parse of a 5.0 PUBLISH took 286 ns where it takes 132 (best iteration of MqttPublish_ParseAndFormat, busy machine, both times).
/// </remarks>
internal ref struct FieldReader
{
    // One piece: the whole of it, read up to _at in _span. Several: what has not been read yet, and _span is empty.
    private ReadOnlySequence<byte> _body;
    private readonly ReadOnlySpan<byte> _span;
    private readonly bool _isOnePiece;
    private int _at;

    public FieldReader(in ReadOnlySequence<byte> body, MqttVersion version)
    {
        _body = body;
        _isOnePiece = body.IsSingleSegment;
        _span = _isOnePiece ? body.FirstSpan : default;
        Version = version;
    }

    public MqttVersion Version { get; }

    public ProtocolViolation Violation { get; private set; }

    public readonly bool End => _isOnePiece ? _at == _span.Length : _body.IsEmpty;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySequence<byte> Rest => _isOnePiece ? _body.Slice(_at) : _body;

    public bool TryReadByte(out byte value)
    {
        if (_at < _span.Length)
        {
            value = _span[_at++];
            return true;
        }

        Span<byte> bytes = stackalloc byte[sizeof(byte)];
        var copied = TryCopy(bytes);
        value = bytes[0];
        return copied;
    }

    public bool TryReadUInt16(out ushort value)
    {
        if (sizeof(ushort) <= _span.Length - _at)
        {
            value = BinaryPrimitives.ReadUInt16BigEndian(_span[_at..]);
            _at += sizeof(ushort);
            return true;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        var copied = TryCopy(bytes);
        value = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return copied;
    }

    public bool TryReadUInt32(out uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        var copied = TryCopy(bytes);
        value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return copied;
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
        return TryReadUInt16(out var length) && (TryTake(length, out value) || FailTooShort());
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
        return length == 0 || TryTake((int)length, out value) || Fail(Violations.PropertiesTooLong);
    }

    public bool TryEnd() => End || Fail(Violations.TrailingBytes(Version));

    /// <summary>Always false, so that a parser can end with it.</summary>
    public bool Fail(in ProtocolViolation violation)
    {
        Violation = violation;
        return false;
    }

    private bool TryTake(int count, out ReadOnlySequence<byte> value)
    {
        if (_isOnePiece)
        {
            var fits = count <= _span.Length - _at;
            value = fits ? _body.Slice(_at, count) : ReadOnlySequence<byte>.Empty;
            _at += fits ? count : 0;
            return fits;
        }

        if (count > _body.Length)
        {
            value = ReadOnlySequence<byte>.Empty;
            return false;
        }

        value = _body.Slice(0, count);
        _body = _body.Slice(value.End);
        return true;
    }

    private bool TryCopy(scoped Span<byte> target)
    {
        target.Clear();
        if (!TryTake(target.Length, out var bytes))
            return FailTooShort();
        bytes.CopyTo(target);
        return true;
    }

    private bool FailTooShort() => Fail(Violations.TooShort(Version));
}
