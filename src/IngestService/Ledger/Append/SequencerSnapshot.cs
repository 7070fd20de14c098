using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Erasure;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// The sequencer's state as bytes: what start-up reads instead of replaying every entry.
///
///   magic "EESTATE2" | log id 16 | size u64 | last ingest i64
///   epochs:     count, each producer, epoch
///   numberings: count, each key, high, gap count, each gap first, last
///   streams:    count, each name, version
///   conflicts:  count, each key, sequence, fingerprint 32, entry index
///   erased:     one above the newest deletion leaf u64, count of ranges, each first, last
///   SHA-256 over all before it
///
/// Little-endian as BinaryWriter writes. It is derived: bytes that do not check are thrown away and replayed.
/// </summary>
internal static class SequencerSnapshot
{
    private static ReadOnlySpan<byte> Magic => "EESTATE2"u8;

    public static byte[] Format(Guid logId, SequencerState state)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(logId.ToByteArray(bigEndian: true));
        writer.Write(state.Size);
        writer.Write(state.LastIngestMicroseconds);
        WriteEpochs(writer, state);
        WriteNumberings(writer, state);
        WriteStreams(writer, state);
        WriteConflicts(writer, state);
        WriteErased(writer, state.Erased);
        return Seal(writer, stream);
    }

    /// <summary>Whole, and of that size; of which log is not asked.</summary>
    public static bool IsSound(byte[] bytes, ulong size)
    {
        using var reader = Open(bytes, Magic, LogIdOf(bytes));
        return reader is not null && reader.ReadUInt64() == size;
    }

    internal static Guid LogIdOf(byte[] bytes) => bytes.Length < 24 ? Guid.Empty : new Guid(bytes.AsSpan(8, 16), bigEndian: true);

    internal static byte[] Seal(BinaryWriter writer, MemoryStream stream)
    {
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        return stream.ToArray();
    }

    /// Null when the bytes are torn, of another kind or of another log.
    internal static BinaryReader? Open(byte[]? bytes, ReadOnlySpan<byte> magic, Guid logId)
    {
        if (bytes is null || bytes.Length < magic.Length + 16 + SHA256.HashSizeInBytes)
            return null;
        var content = bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes);
        if (!content.StartsWith(magic) || !SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length))
            || new Guid(content.Slice(magic.Length, 16), bigEndian: true) != logId)
            return null;
        var reader = new BinaryReader(new MemoryStream(bytes, 0, content.Length), Encoding.UTF8);
        reader.BaseStream.Position = magic.Length + 16;
        return reader;
    }

    private static void WriteEpochs(BinaryWriter writer, SequencerState state)
    {
        writer.Write(state.Epochs_NeedsLock.Count);
        foreach (var (producer, epoch) in state.Epochs_NeedsLock)
        {
            writer.Write(producer);
            writer.Write(epoch);
        }
    }

    private static void WriteNumberings(BinaryWriter writer, SequencerState state)
    {
        writer.Write(state.Numberings_NeedsLock.Count());
        foreach (var numbering in state.Numberings_NeedsLock)
        {
            Write(writer, numbering.Key);
            writer.Write(numbering.Marks.High);
            writer.Write(numbering.Marks.Gaps.Count);
            foreach (var gap in numbering.Marks.Gaps)
            {
                writer.Write(gap.First);
                writer.Write(gap.Last);
            }
        }
    }

    private static void WriteStreams(BinaryWriter writer, SequencerState state)
    {
        writer.Write(state.Streams_NeedsLock.Count);
        foreach (var (stream, version) in state.Streams_NeedsLock)
        {
            writer.Write(stream);
            writer.Write(version);
        }
    }

    private static void WriteConflicts(BinaryWriter writer, SequencerState state)
    {
        writer.Write(state.Conflicts_NeedsLock.Count);
        foreach (var (conflict, index) in state.Conflicts_NeedsLock)
        {
            Write(writer, conflict.Numbering);
            writer.Write(conflict.Sequence);
            writer.Write(conflict.Fingerprint.ToArray());
            writer.Write(index);
        }
    }

    private static void WriteErased(BinaryWriter writer, ErasedEntries erased)
    {
        writer.Write(erased.Through);
        writer.Write(erased.Ranges.Count);
        foreach (var range in erased.Ranges)
        {
            writer.Write(range.First);
            writer.Write(range.Last);
        }
    }

    internal static void Write(BinaryWriter writer, NumberingKey key)
    {
        writer.Write(key.Producer);
        writer.Write(key.Epoch);
        writer.Write((byte)key.Class);
    }

    internal static NumberingKey ReadKey(BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadUInt32(), (RecordClass)reader.ReadByte());

    public static SequencerState? Parse(byte[]? bytes, Guid logId)
    {
        using var reader = Open(bytes, Magic, logId);
        if (reader is null)
            return null;
        var state = new SequencerState { Size = reader.ReadUInt64(), LastIngestMicroseconds = reader.ReadInt64() };
        for (var left = reader.ReadInt32(); left > 0; left--)
            state.Restore_NeedsLock(reader.ReadString(), reader.ReadUInt32());
        for (var left = reader.ReadInt32(); left > 0; left--)
            state.Restore_NeedsLock(ReadKey(reader), ReadMarks(reader));
        for (var left = reader.ReadInt32(); left > 0; left--)
            state.RestoreStream_NeedsLock(reader.ReadString(), reader.ReadUInt64());
        for (var left = reader.ReadInt32(); left > 0; left--)
            state.ApplyConflict_NeedsLock(
                new ConflictKey(ReadKey(reader), reader.ReadUInt64(), Sha256Hash.FromBytes(reader.ReadBytes(Sha256Hash.SizeBytes))),
                reader.ReadUInt64());
        var through = reader.ReadUInt64();
        var ranges = new IndexRange[reader.ReadInt32()];
        for (var i = 0; i < ranges.Length; i++)
            ranges[i] = new IndexRange(reader.ReadUInt64(), reader.ReadUInt64());
        state.Erased.Publish(ranges, through);
        return state;
    }

    private static SequenceMarks ReadMarks(BinaryReader reader)
    {
        var high = reader.ReadUInt64();
        var gaps = new SequenceRange[reader.ReadInt32()];
        for (var i = 0; i < gaps.Length; i++)
            gaps[i] = new SequenceRange(reader.ReadUInt64(), reader.ReadUInt64());
        return new SequenceMarks(high, gaps);
    }
}
