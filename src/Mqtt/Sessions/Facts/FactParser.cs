using System.Buffers.Binary;
using System.Text;

namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// Reads what <see cref="FactBuffer"/> wrote. The checksums have been proved before, so anything that does not fit is a wrong version or a defect.
internal ref struct FactParser(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public long Instant() => (long)U64();

    public string Text() => Encoding.UTF8.GetString(Take(Length()));

    public byte[] Blob() => Take(Length()).ToArray();

    /// A count of things that take at least some bytes each, so that a wrong one does not allocate.
    public int Count(int bytesEach)
    {
        var count = U32();
        return count * (long)bytesEach <= _rest.Length ? (int)count : throw Short();
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw new InvalidDataException($"{_rest.Length} bytes are left behind a fact.");
    }

    private int Length()
    {
        var length = U32();
        return length <= (uint)_rest.Length ? (int)length : throw Short();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw Short();
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static InvalidDataException Short() => new("A fact ends before its fields do.");
}
