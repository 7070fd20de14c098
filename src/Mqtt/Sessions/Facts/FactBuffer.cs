using System.Buffers.Binary;
using System.Text;

namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// The body of one fact in the making. Big-endian; texts and blobs have a length of 32 bits in front.
internal sealed class FactBuffer
{
    private const int KeptBytes = 1 << 20;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public FactBuffer Clear()
    {
        _length = 0;
        if (_bytes.Length > KeptBytes)
            _bytes = new byte[1024];
        return this;
    }

    public FactBuffer U8(byte value)
    {
        Take(1)[0] = value;
        return this;
    }

    public FactBuffer U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);
        return this;
    }

    public FactBuffer U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);
        return this;
    }

    public FactBuffer U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);
        return this;
    }

    public FactBuffer Instant(long unixMilliseconds) => U64((ulong)unixMilliseconds);

    public FactBuffer Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        U32((uint)length);
        Encoding.UTF8.GetBytes(value, Take(length));
        return this;
    }

    public FactBuffer Blob(ReadOnlySpan<byte> value)
    {
        U32((uint)value.Length);
        value.CopyTo(Take(value.Length));
        return this;
    }

    private Span<byte> Take(int count)
    {
        var needed = _length + count;
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        var taken = _bytes.AsSpan(_length, count);
        _length = needed;
        return taken;
    }
}
