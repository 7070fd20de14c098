using System.Buffers.Binary;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// <summary>
/// The one snapshot beside a session log: the state after all facts below an index.
///
///   header (44) | fact | fact | ... | end mark (4) | number of facts (8) | CRC32C of all before (4)
///   fact:  length of body (4) | kind (1) | body
///
/// It is written as snapshot.tmp, flushed, renamed over the last one, and the directory synced; only then are segments deleted. So a
/// crash anywhere leaves one whole snapshot and every fact behind it; a snapshot that does not match its checksum was damaged later.
/// </summary>
internal static class SnapshotFile
{
    public const int FactHeaderBytes = 5;
    public const uint EndMark = uint.MaxValue;

    private const string Name = "snapshot";
    private const string UnfinishedName = "snapshot.tmp";

    // A message of 8 MiB, the most the options allow, with its properties fits a record of the log, and so a fact here.
    private const int MaximumBodyBytes = RecordBatch.MaximumBodyBytes;

    public static void DeleteUnfinished(IFileSystem files, string directory)
    {
        var path = Path.Combine(directory, UnfinishedName);
        if (files.Exists(path))
            files.Delete(path);
    }

    /// <returns>The file's length.</returns>
    public static long Write(IFileSystem files, string directory, SnapshotHeader header, Action<IFactSink> write)
    {
        DeleteUnfinished(files, directory);
        var unfinished = Path.Combine(directory, UnfinishedName);
        long length;
        using (var file = files.CreateNew(unfinished))
        {
            var writer = new SnapshotWriter(file, header);
            write(writer);
            length = writer.Finish();
        }
        files.Replace(unfinished, Path.Combine(directory, Name));
        files.SyncDirectory(directory);
        return length;
    }

    /// <param name="apply">Given each fact. What it made of them is void if this throws.</param>
    /// <returns>Null if there is no snapshot.</returns>
    public static (SnapshotHeader Header, long Bytes)? Read(IFileSystem files, string directory, FactReplay apply)
    {
        var path = Path.Combine(directory, Name);
        if (!files.Exists(path))
            return null;
        // Its name may be in the page cache only, if the process that renamed it was killed before the sync. What is promised from
        // here on rests on it.
        files.SyncDirectory(directory);
        using var file = files.OpenExisting(path, FileAccess.Read);
        try
        {
            return (Read(new PieceReader(file), apply), file.Length);
        }
        catch (InvalidDataException wrong)
        {
            throw new SessionLogDamageException(path, wrong.Message, wrong);
        }
    }

    private static SnapshotHeader Read(PieceReader reader, FactReplay apply)
    {
        var header = SnapshotHeader.Parse(reader.Take(SnapshotHeader.Size));
        ulong count = 0;
        while (true)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(reader.Take(4));
            if (length == EndMark)
                break;
            if (length > MaximumBodyBytes)
                throw new InvalidDataException($"a fact says it has {length} bytes");
            var fact = reader.Take(1 + (int)length);
            apply.Apply((FactKind)fact[0], fact[1..]);
            count++;
        }
        if (BinaryPrimitives.ReadUInt64BigEndian(reader.Take(8)) != count)
            throw new InvalidDataException("the number of facts does not match");
        var checksum = reader.Checksum;
        if (BinaryPrimitives.ReadUInt32BigEndian(reader.Take(4)) != checksum)
            throw new InvalidDataException("the checksum does not match");
        apply.EndScope();
        return header;
    }

    /// Reads forward and keeps the checksum of what was taken.
    private sealed class PieceReader(IFile file)
    {
        private byte[] _piece = new byte[1 << 20];
        private int _start;
        private int _end;
        private long _offset;

        public uint Checksum { get; private set; }

        /// Valid until the next call.
        public ReadOnlySpan<byte> Take(int count)
        {
            if (_end - _start < count)
                Fill(count);
            var taken = _piece.AsSpan(_start, count);
            _start += count;
            Checksum = Crc32C.Append(Checksum, taken);
            return taken;
        }

        private void Fill(int count)
        {
            var rest = _piece.AsSpan(_start, _end - _start);
            var target = count > _piece.Length ? new byte[count] : _piece;
            rest.CopyTo(target);
            (_piece, _start, _end) = (target, 0, rest.Length);
            var read = file.Read(_piece.AsSpan(_end), _offset);
            _offset += read;
            _end += read;
            if (_end < count)
                throw new InvalidDataException("it ends before its end mark");
        }
    }
}
