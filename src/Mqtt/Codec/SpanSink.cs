using System.Buffers.Binary;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>Writes fields into memory that was measured for them.</summary>
internal ref struct SpanSink(Span<byte> target) : IFieldSink
{
    private readonly Span<byte> _target = target;

    public int Written { get; private set; }

    public void Byte(byte value) => _target[Written++] = value;

    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_target[Written..], value);
        Written += sizeof(ushort);
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_target[Written..], value);
        Written += sizeof(uint);
    }

    public void VariableInteger(uint value) => Written += Codec.VariableInteger.Write(_target[Written..], value);

    public void Text(string value)
    {
        var bytes = StrictText.Write(value, _target[(Written + sizeof(ushort))..]);
        UInt16((ushort)bytes);
        Written += bytes;
    }

    public void Binary(ReadOnlySpan<byte> value)
    {
        UInt16((ushort)value.Length);
        value.CopyTo(_target[Written..]);
        Written += value.Length;
    }
}
