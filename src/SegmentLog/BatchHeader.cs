using System.Buffers.Binary;

namespace EdgeEnforcement.SegmentLog;

/// The 40 bytes before a batch's records, big-endian (docs/formats/segment.md):
///
///    0  4  magic "EEBT"                24  4  record count, at least 1
///    4  4  length of the records       28  4  end of the previous batch in this segment = own offset
///    8  8  batch number                32  4  durable end: this segment was flushed up to here when the batch was written
///   16  8  index of the first record   36  4  CRC32C of the log id followed by bytes 0 to 35
///
/// The durable end is what tells damage from a torn tail: a bad batch that lies below the durable end of a sound one was on disk once.
/// The log id in the checksum keeps a stored payload that looks like a batch from being taken for one.
internal readonly record struct BatchHeader(
    uint RecordsBytes, ulong Number, ulong FirstIndex, uint Count, uint Offset, uint DurableEnd)
{
    public const int Size = 40;

    private const int CrcOffset = 36;

    public static ReadOnlySpan<byte> Magic => "EEBT"u8;

    public long End => (long)Offset + Size + RecordsBytes;

    public static uint ChecksumSeed(Guid logId)
    {
        Span<byte> bytes = stackalloc byte[16];
        logId.TryWriteBytes(bytes, bigEndian: true, out _);
        return Crc32C.Compute(bytes);
    }

    public void Format(Span<byte> target, uint seed)
    {
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt32BigEndian(target[4..], RecordsBytes);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], Number);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], FirstIndex);
        BinaryPrimitives.WriteUInt32BigEndian(target[24..], Count);
        BinaryPrimitives.WriteUInt32BigEndian(target[28..], Offset);
        BinaryPrimitives.WriteUInt32BigEndian(target[32..], DurableEnd);
        BinaryPrimitives.WriteUInt32BigEndian(target[CrcOffset..], Crc32C.Append(seed, target[..CrcOffset]));
    }

    /// True if these are a header this log wrote at this offset.
    public static bool TryParse(ReadOnlySpan<byte> source, uint seed, long offset, out BatchHeader header)
    {
        header = default;
        if (source.Length < Size || !source.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32BigEndian(source[CrcOffset..]) != Crc32C.Append(seed, source[..CrcOffset]))
            return false;

        header = new BatchHeader(
            BinaryPrimitives.ReadUInt32BigEndian(source[4..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[24..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[28..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[32..]));
        return header.Offset == offset && header.Count > 0;
    }
}
