using System.Text;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// A sealed segment's ranges as bytes: magic "EESEALD1" | log id | first u64 | next u64 | count, each key, first, last | SHA-256.
/// Derived like the snapshot.
/// </summary>
internal static class SealedSegmentFormat
{
    private static ReadOnlySpan<byte> Magic => "EESEALD1"u8;

    public static byte[] Format(Guid logId, SealedSegment segment)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(logId.ToByteArray(bigEndian: true));
        writer.Write(segment.First);
        writer.Write(segment.Next);
        writer.Write(segment.Ranges.Count);
        foreach (var (key, range) in segment.Ranges)
        {
            SequencerSnapshot.Write(writer, key);
            writer.Write(range.First);
            writer.Write(range.Last);
        }
        return SequencerSnapshot.Seal(writer, stream);
    }

    /// <summary>Whole, and of a segment that begins there; of which log is not asked.</summary>
    public static bool IsSound(byte[] bytes, ulong first)
    {
        using var reader = SequencerSnapshot.Open(bytes, Magic, SequencerSnapshot.LogIdOf(bytes));
        return reader is not null && reader.ReadUInt64() == first;
    }

    /// <summary>Null unless the bytes are of exactly this segment.</summary>
    public static SealedSegment? Parse(byte[]? bytes, Guid logId, ulong first, ulong next)
    {
        using var reader = SequencerSnapshot.Open(bytes, Magic, logId);
        if (reader is null || reader.ReadUInt64() != first || reader.ReadUInt64() != next)
            return null;
        var ranges = new Dictionary<NumberingKey, SequenceRange>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            ranges.Add(SequencerSnapshot.ReadKey(reader), new SequenceRange(reader.ReadUInt64(), reader.ReadUInt64()));
        return new SealedSegment(first, next, ranges);
    }
}
