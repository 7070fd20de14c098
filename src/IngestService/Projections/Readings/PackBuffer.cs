using System.Buffers.Binary;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Bytes of packed rows, one after the other (docs/formats/reading-row.md).</summary>
internal sealed class PackBuffer
{
    private const int MostOfOneValue = 10;

    private byte[] _bytes = new byte[64 << 10];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Slice(int offset, int length) => _bytes.AsSpan(offset, length);

    public void Clear() => Length = 0;

    public void Varint(long value)
    {
        Room(MostOfOneValue);
        ulong left = (ulong)value;
        for (; left >= 0x80; left >>= 7)
            _bytes[Length++] = (byte)(left | 0x80);
        _bytes[Length++] = (byte)left;
    }

    public void Byte(int value)
    {
        Room(MostOfOneValue);
        _bytes[Length++] = (byte)value;
    }

    public void Double(double value)
    {
        Room(MostOfOneValue);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(double);
    }

    private void Room(int bytes)
    {
        if (_bytes.Length - Length < bytes)
            Array.Resize(ref _bytes, _bytes.Length * 2);
    }
}
