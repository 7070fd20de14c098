using System.Buffers.Binary;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>
/// The state of one upload, in two slots written in turn. All integers big-endian.
/// <code>
/// slot (72 + bitmap + 4 bytes, padded to a multiple of 4,096 so that a torn write cannot reach the other slot)
///   0  4  "EEUS"              8  8  counter: the valid slot with the higher one holds
///   4  2  version = 1        16  8  generation
///   6  2  stage              24  4  chunk count        28 32 SHA-256 of the file
///  60  8  ledger position of the stage                 68  4 bitmap length
///  72  n  bitmap, bit (c mod 8) of byte (c / 8) for chunk c          72+n 4 CRC-32C of all before
/// </code>
/// Invariants: a chunk's bit is written only after a flush of the data file that covers its bytes, so whatever slot survives
/// a crash claims nothing that is not on disk; the length of the data file is never believed. A crash in the middle of a
/// write leaves the other slot, that is: the last acknowledged state. The file comes into being whole, by rename.
/// </summary>
internal static class UploadStateFile
{
    private const ushort Version = 1;
    private const int HeaderBytes = 72;
    private const int SlotAlignmentBytes = 4096;

    // "EEUS"
    private const uint Magic = 0x45455553;

    /// <summary>Null when there is no valid slot for this file: then nothing is known and the upload starts over.</summary>
    public static (UploadState State, ulong Counter)? Read(IFileSystem files, string path, ManifestFacts manifest)
    {
        if (!files.Exists(path))
            return null;
        var slot = new byte[SlotBytes(manifest.ChunkCount)];
        (UploadState State, ulong Counter)? best = null;
        using var file = files.OpenExisting(path, FileAccess.Read);
        for (var i = 0; i < 2; i++)
        {
            if (file.Read(slot, (long)i * slot.Length) == slot.Length
                && Parse(slot, manifest) is { } read
                && (best is null || read.Counter > best.Value.Counter))
            {
                best = read;
            }
        }
        return best;
    }

    /// <summary>
    /// Where a slot lies that is neither a state of this file nor untouched; null if there is none. Reading goes on from the other slot:
    /// what is lost with it are chunks that are asked for again.
    /// </summary>
    public static long? DamagedSlot(IFileSystem files, string path, ManifestFacts manifest)
    {
        var slot = new byte[SlotBytes(manifest.ChunkCount)];
        using var file = files.OpenExisting(path, FileAccess.Read);
        for (var i = 0; i < 2; i++)
        {
            var read = file.Read(slot, (long)i * slot.Length);
            var used = Parse(slot, manifest) is null ? 0 : HeaderBytes + ChunkBitmap.SizeBytes(manifest.ChunkCount) + sizeof(uint);
            if (read != slot.Length || slot.AsSpan(used).ContainsAnyExcept((byte)0))
                return (long)i * slot.Length;
        }
        return file.Length == 2L * slot.Length ? null : file.Length;
    }

    /// <summary>On return the state is on disk.</summary>
    public static void Write(IFileSystem files, string path, UploadState state, ulong counter)
    {
        var slot = Format(state, counter);
        using var file = files.OpenExisting(path, FileAccess.ReadWrite);
        file.Write(slot, (long)(counter % 2) * slot.Length);
        file.Flush();
    }

    /// <summary>Replaces what is there. The caller syncs the directory.</summary>
    public static void Create(IFileSystem files, string path, UploadState state)
    {
        var fresh = path + ".new";
        if (files.Exists(fresh))
            files.Delete(fresh);
        var slot = Format(state, counter: 0);
        using (var file = files.CreateNew(fresh))
        {
            file.Write(slot, 0);
            file.Write(new byte[slot.Length], slot.Length);
            file.Flush();
        }
        files.Replace(fresh, path);
    }

    private static int SlotBytes(int chunkCount)
    {
        var used = HeaderBytes + ChunkBitmap.SizeBytes(chunkCount) + sizeof(uint);
        return (used + SlotAlignmentBytes - 1) / SlotAlignmentBytes * SlotAlignmentBytes;
    }

    private static byte[] Format(UploadState state, ulong counter)
    {
        var bitmap = state.Chunks.Bytes;
        var slot = new byte[SlotBytes(state.Chunks.Count)];
        BinaryPrimitives.WriteUInt32BigEndian(slot, Magic);
        BinaryPrimitives.WriteUInt16BigEndian(slot.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16BigEndian(slot.AsSpan(6), (ushort)state.Stage);
        BinaryPrimitives.WriteUInt64BigEndian(slot.AsSpan(8), counter);
        BinaryPrimitives.WriteUInt64BigEndian(slot.AsSpan(16), state.Generation);
        BinaryPrimitives.WriteInt32BigEndian(slot.AsSpan(24), state.Chunks.Count);
        state.Content.CopyTo(slot.AsSpan(28));
        BinaryPrimitives.WriteUInt64BigEndian(slot.AsSpan(60), state.LedgerPosition);
        BinaryPrimitives.WriteInt32BigEndian(slot.AsSpan(68), bitmap.Length);
        bitmap.CopyTo(slot.AsSpan(HeaderBytes));
        var end = HeaderBytes + bitmap.Length;
        BinaryPrimitives.WriteUInt32BigEndian(slot.AsSpan(end), Crc32C.Compute(slot.AsSpan(0, end)));
        return slot;
    }

    private static (UploadState State, ulong Counter)? Parse(ReadOnlySpan<byte> slot, ManifestFacts manifest)
    {
        var bitmapBytes = ChunkBitmap.SizeBytes(manifest.ChunkCount);
        var end = HeaderBytes + bitmapBytes;
        if (BinaryPrimitives.ReadUInt32BigEndian(slot) != Magic
            || BinaryPrimitives.ReadUInt16BigEndian(slot[4..]) != Version
            || BinaryPrimitives.ReadInt32BigEndian(slot[24..]) != manifest.ChunkCount
            || BinaryPrimitives.ReadInt32BigEndian(slot[68..]) != bitmapBytes
            || BinaryPrimitives.ReadUInt32BigEndian(slot[end..]) != Crc32C.Compute(slot[..end]))
        {
            return null;
        }
        var content = Sha256Hash.FromBytes(slot.Slice(28, Sha256Hash.SizeBytes));
        var stage = (UploadStage)BinaryPrimitives.ReadUInt16BigEndian(slot[6..]);
        if (content != manifest.Content || !Enum.IsDefined(stage))
            return null;

        var state = new UploadState(
            stage,
            BinaryPrimitives.ReadUInt64BigEndian(slot[16..]),
            content,
            BinaryPrimitives.ReadUInt64BigEndian(slot[60..]),
            ChunkBitmap.FromBytes(manifest.ChunkCount, slot[HeaderBytes..end]));
        return (state, BinaryPrimitives.ReadUInt64BigEndian(slot[8..]));
    }
}
