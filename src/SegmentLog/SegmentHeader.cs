using System.Buffers.Binary;
using System.Globalization;

namespace EdgeEnforcement.SegmentLog;

/// The first 64 bytes of a segment file, big-endian (docs/formats/segment.md):
///
///    0  8  magic "EESEGLOG"            24  8  number of the first batch
///    8  2  version, 1                  32 16  log id
///   10  2  header length, 64           48  8  first record index of the previous segment; own one if there is none
///   12  4  length of the previous      56  4  zero
///          segment; 0 if none          60  4  CRC32C of bytes 0 to 59
///   16  8  first record index
///
/// The two fields about the previous segment let recovery prove from headers alone that no segment between two others is missing or
/// was shortened: it stays O(segments).
internal readonly record struct SegmentHeader(
    Guid LogId, ulong FirstIndex, ulong FirstBatch, ulong PreviousFirstIndex, uint PreviousBytes)
{
    public const int Size = 64;
    public const ushort Version = 1;
    public const string Extension = ".seg";

    private const int IndexDigits = 20;
    private const int CrcOffset = 60;

    private static ReadOnlySpan<byte> Magic => "EESEGLOG"u8;

    public static string FileName(ulong firstIndex) =>
        firstIndex.ToString("D" + IndexDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + Extension;

    public static bool TryParseFileName(string name, out ulong firstIndex)
    {
        firstIndex = 0;
        return name.Length == IndexDigits + Extension.Length
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && ulong.TryParse(name.AsSpan(0, IndexDigits), NumberStyles.None, CultureInfo.InvariantCulture, out firstIndex);
    }

    public void Format(Span<byte> target)
    {
        target[..Size].Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt16BigEndian(target[8..], Version);
        BinaryPrimitives.WriteUInt16BigEndian(target[10..], Size);
        BinaryPrimitives.WriteUInt32BigEndian(target[12..], PreviousBytes);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], FirstIndex);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], FirstBatch);
        LogId.TryWriteBytes(target[32..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt64BigEndian(target[48..], PreviousFirstIndex);
        BinaryPrimitives.WriteUInt32BigEndian(target[CrcOffset..], Crc32C.Compute(target[..CrcOffset]));
    }

    /// <returns>Null if it is a header of this version, else what is wrong.</returns>
    public static string? TryParse(ReadOnlySpan<byte> source, out SegmentHeader header)
    {
        header = default;
        if (source.Length < Size)
            return $"the header has {source.Length} of {Size} bytes";
        if (!source.StartsWith(Magic))
            return "the header has no magic";
        if (BinaryPrimitives.ReadUInt32BigEndian(source[CrcOffset..]) != Crc32C.Compute(source[..CrcOffset]))
            return "the header's checksum does not match";

        header = new SegmentHeader(
            new Guid(source.Slice(32, 16), bigEndian: true),
            BinaryPrimitives.ReadUInt64BigEndian(source[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[48..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[12..]));
        return null;
    }

    /// A sound header of a version or length we do not know is never a torn one: it was written by a newer program.
    public static bool IsUnknownVersion(ReadOnlySpan<byte> source, out ushort version)
    {
        version = BinaryPrimitives.ReadUInt16BigEndian(source[8..]);
        return version != Version || BinaryPrimitives.ReadUInt16BigEndian(source[10..]) != Size;
    }
}
