using System.Buffers.Binary;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Reads what <see cref="PackBuffer"/> wrote. A file with other bytes is damaged: <see cref="InvalidDataException"/>, and the file is made anew.</summary>
internal ref struct PackSpan(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly bool IsEmpty => _left.IsEmpty;

    public long Varint()
    {
        ulong value = 0;
        for (int i = 0; i < _left.Length && i < 10; i++)
        {
            byte b = _left[i];
            value |= (ulong)(b & 0x7f) << (7 * i);
            if (b >= 0x80)
                continue;
            _left = _left[(i + 1)..];
            return (long)value;
        }
        throw new InvalidDataException("a packed row ends within a number");
    }

    public int Byte()
    {
        Need(1);
        int value = _left[0];
        _left = _left[1..];
        return value;
    }

    public double Double()
    {
        Need(sizeof(double));
        double value = BinaryPrimitives.ReadDoubleLittleEndian(_left);
        _left = _left[sizeof(double)..];
        return value;
    }

    public void Skip(int bytes)
    {
        Need(bytes);
        _left = _left[bytes..];
    }

    private readonly void Need(int bytes)
    {
        if (_left.Length < bytes)
            throw new InvalidDataException("a packed row is shorter than it says");
    }
}
