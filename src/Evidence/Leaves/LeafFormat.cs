using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace EdgeEnforcement.Evidence;

/// <summary>The bytes of a leaf, version 1, as docs/formats/leaf.md lays them down. Big-endian; nothing follows the commitment.</summary>
public static class LeafFormat
{
    public const byte Version = 1;
    public const int MinLength = FixedLength + 1;
    public const int MaxLength = FixedLength + ProducerNames.MaxLength;

    private const int FixedLength = 7 + 4 + 8 + 4 + 8 + Sha256Hash.SizeBytes;
    private const int ProducerOffset = 7;
    private const LeafFlags AllFlags = LeafFlags.Conflict | LeafFlags.PossibleDuplicate | LeafFlags.Quarantined;

    public static int GetLength(Leaf leaf) => FixedLength + leaf.Producer.Length;

    public static int GetLength(int producerLength) => FixedLength + producerLength;

    public static void Write(Leaf leaf, IBufferWriter<byte> output)
    {
        var length = Write(leaf, output.GetSpan(GetLength(leaf)));
        output.Advance(length);
    }

    /// <summary>Writes the leaf and returns its length; throws on a value the format cannot hold.</summary>
    public static int Write(Leaf leaf, Span<byte> destination)
    {
        if (!ProducerNames.IsWellFormed(leaf.Producer) || !IsOrigin(leaf.Origin) || !IsClass(leaf.Class) || (leaf.Flags & ~AllFlags) != 0)
            throw new ArgumentException("The leaf has a producer, origin, class or flag that its format does not know.", nameof(leaf));

        destination[0] = Version;
        destination[1] = (byte)leaf.Origin;
        destination[2] = leaf.Class;
        destination[3] = (byte)leaf.Flags;
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], leaf.Type);
        destination[6] = (byte)leaf.Producer.Length;
        Encoding.ASCII.GetBytes(leaf.Producer, destination[ProducerOffset..]);

        var rest = destination[(ProducerOffset + leaf.Producer.Length)..];
        BinaryPrimitives.WriteUInt32BigEndian(rest, leaf.Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(rest[4..], leaf.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(rest[12..], leaf.EnvelopeLength);
        BinaryPrimitives.WriteInt64BigEndian(rest[16..], leaf.IngestTimeMicros);
        leaf.Commitment.CopyTo(rest[24..]);
        return GetLength(leaf);
    }

    public static byte[] ToArray(Leaf leaf)
    {
        var bytes = new byte[GetLength(leaf)];
        Write(leaf, bytes);
        return bytes;
    }

    /// <summary>Reads exactly one leaf; false for another version, an unknown origin, class or flag, a bad producer or a wrong length.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Leaf? leaf)
    {
        leaf = null;
        if (bytes.Length is < MinLength or > MaxLength || bytes[0] != Version || bytes.Length != FixedLength + bytes[6])
            return false;
        var origin = (LeafOrigin)bytes[1];
        var flags = (LeafFlags)bytes[3];
        var producer = bytes.Slice(ProducerOffset, bytes[6]);
        if (!IsOrigin(origin) || !IsClass(bytes[2]) || (flags & ~AllFlags) != 0 || !ProducerNames.IsWellFormed(producer))
            return false;

        var rest = bytes[(ProducerOffset + producer.Length)..];
        leaf = new Leaf
        {
            Origin = origin,
            Class = bytes[2],
            Flags = flags,
            Type = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]),
            Producer = Encoding.ASCII.GetString(producer),
            Epoch = BinaryPrimitives.ReadUInt32BigEndian(rest),
            Sequence = BinaryPrimitives.ReadUInt64BigEndian(rest[4..]),
            EnvelopeLength = BinaryPrimitives.ReadUInt32BigEndian(rest[12..]),
            IngestTimeMicros = BinaryPrimitives.ReadInt64BigEndian(rest[16..]),
            Commitment = Sha256Hash.FromBytes(rest[24..]),
        };
        return true;
    }

    private static bool IsOrigin(LeafOrigin origin) => origin is >= LeafOrigin.Producer and <= LeafOrigin.Door;

    private static bool IsClass(byte recordClass) => recordClass is >= 1 and <= 3;
}
