using System.Buffers.Binary;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// The first 44 bytes of a snapshot, big-endian: docs/formats/session-log.md.
internal readonly record struct SnapshotHeader(Guid LogId, RecordIndex Next)
{
    public const int Size = 44;
    public const ushort Version = 1;
    private const int ChecksumOffset = 40;

    private static ReadOnlySpan<byte> Magic => "EESESSNP"u8;

    public void Format(Span<byte> into)
    {
        into[..Size].Clear();
        Magic.CopyTo(into);
        BinaryPrimitives.WriteUInt16BigEndian(into[8..], Version);
        LogId.TryWriteBytes(into[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt64BigEndian(into[32..], Next.Value);
        BinaryPrimitives.WriteUInt32BigEndian(into[ChecksumOffset..], Crc32C.Compute(into[..ChecksumOffset]));
    }

    public static SnapshotHeader Parse(ReadOnlySpan<byte> from)
    {
        if (from.Length < Size || !from.StartsWith(Magic))
            throw new InvalidDataException("it is no snapshot");
        if (BinaryPrimitives.ReadUInt32BigEndian(from[ChecksumOffset..]) != Crc32C.Compute(from[..ChecksumOffset]))
            throw new InvalidDataException("the checksum of its header does not match");
        if (BinaryPrimitives.ReadUInt16BigEndian(from[8..]) is var version && version != Version)
            throw new InvalidDataException($"its version is {version}, this program knows {Version}");
        return new SnapshotHeader(
            new Guid(from.Slice(16, 16), bigEndian: true), new RecordIndex(BinaryPrimitives.ReadUInt64BigEndian(from[32..])));
    }
}
