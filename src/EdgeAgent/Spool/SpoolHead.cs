using System.Buffers.Binary;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// The head of a spooled record, big-endian, 16 bytes: version 1, class, record type (field number in Record), epoch, sequence.
/// The body is the signed envelope.
internal readonly record struct SpoolHead(RecordClass Class, ushort Type, uint Epoch, ulong Sequence)
{
    public const int SizeBytes = 16;
    private const byte Version = 1;

    public void Format(Span<byte> target)
    {
        target[0] = Version;
        target[1] = (byte)Class;
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], Type);
        BinaryPrimitives.WriteUInt32BigEndian(target[4..], Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], Sequence);
    }

    public static SpoolHead Parse(ReadOnlySpan<byte> source)
    {
        if (source.Length != SizeBytes || source[0] != Version)
            throw new InvalidDataException($"This is no spool record of version {Version}.");
        return new SpoolHead(
            (RecordClass)source[1],
            BinaryPrimitives.ReadUInt16BigEndian(source[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[4..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[8..]));
    }
}
