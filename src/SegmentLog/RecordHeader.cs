using System.Buffers.Binary;

namespace EdgeEnforcement.SegmentLog;

/// The 16 bytes before a record's head and body, big-endian:
///
///    0  4  head length                  8  4  CRC32C of bytes 0 to 7 followed by the head
///    4  4  body length                 12  4  CRC32C of the body
///
/// Two checksums, so that the head can be proved after the body was erased.
internal readonly record struct RecordHeader(uint HeadBytes, uint BodyBytes, uint HeadCrc, uint BodyCrc)
{
    public const int Size = 16;
    private const int LengthsSize = 8;

    public static RecordHeader Parse(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt32BigEndian(source),
        BinaryPrimitives.ReadUInt32BigEndian(source[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(source[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(source[12..]));

    /// Fills in the header of a record that already lies in <paramref name="record"/> from offset 16 on.
    public static void Format(Span<byte> record, int headBytes)
    {
        var body = record[(Size + headBytes)..];
        BinaryPrimitives.WriteUInt32BigEndian(record, (uint)headBytes);
        BinaryPrimitives.WriteUInt32BigEndian(record[4..], (uint)body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(record[8..], HeadChecksum(record[..LengthsSize], record.Slice(Size, headBytes)));
        BinaryPrimitives.WriteUInt32BigEndian(record[12..], Crc32C.Compute(body));
    }

    public bool HeadMatches(ReadOnlySpan<byte> header, ReadOnlySpan<byte> head) =>
        HeadCrc == HeadChecksum(header[..LengthsSize], head);

    public BodyState StateOf(ReadOnlySpan<byte> body) =>
        BodyCrc == Crc32C.Compute(body) ? BodyState.Intact
        : body.ContainsAnyExcept((byte)0) ? BodyState.Damaged
        : BodyState.Zeroed;

    private static uint HeadChecksum(ReadOnlySpan<byte> lengths, ReadOnlySpan<byte> head) =>
        Crc32C.Append(Crc32C.Compute(lengths), head);
}
