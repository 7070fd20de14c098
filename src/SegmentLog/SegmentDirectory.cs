namespace EdgeEnforcement.SegmentLog;

/// Finds the segments of a log and proves from their headers alone that they belong together and none is missing or shortened.
internal sealed class SegmentDirectory(IFileSystem files, string directory)
{
    public const string UnfinishedExtension = ".new";

    /// A last file whose header never reached the disk: rolling was cut short. Null if there is none.
    public string? TornFile { get; private set; }

    public string PathOf(ulong firstIndex) => Path.Combine(directory, SegmentHeader.FileName(firstIndex));

    /// In order of index. Sealed segments carry their length.
    public List<SegmentEntry> Load()
    {
        var indexes = new List<ulong>();
        foreach (var name in files.EnumerateFiles(directory))
            if (SegmentHeader.TryParseFileName(name, out var index))
                indexes.Add(index);
        indexes.Sort();

        var segments = new List<SegmentEntry>(indexes.Count);
        for (var i = 0; i < indexes.Count; i++)
            if (LoadOne(indexes[i], isLast: i == indexes.Count - 1, segments) is { } segment)
                segments.Add(segment);
        return segments;
    }

    private SegmentEntry? LoadOne(ulong index, bool isLast, List<SegmentEntry> before)
    {
        var path = PathOf(index);
        using var file = files.OpenExisting(path, FileAccess.Read);
        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        bytes = bytes[..file.Read(bytes, 0)];
        var fault = SegmentHeader.TryParse(bytes, out var header);
        if (fault is not null)
        {
            // A log's very first file may be torn as well: then nothing was ever durable. But a file that begins later and
            // stands alone had predecessors, which are deleted only after its header was on disk.
            if (!isLast || (before.Count == 0 && index != 0) || HoldsRecords(file))
                throw Damage(path, index, fault);
            TornFile = path;
            return null;
        }

        if (SegmentHeader.IsUnknownVersion(bytes, out var version))
            throw Damage(path, index, $"version {version} of the format is not known to this program");
        if (header.FirstIndex != index)
            throw Damage(path, index, $"the header begins at record {header.FirstIndex}");
        if (before.Count > 0)
            CheckFollows(before, path, header);
        return new SegmentEntry(path, header, isLast ? 0 : file.Length);
    }

    /// Records are written only after the header was flushed: any byte behind a bad header proves that it was good once.
    /// Zeros prove nothing: a length that reached the disk before its bytes reads so.
    private static bool HoldsRecords(IFile file)
    {
        var piece = new byte[64 << 10];
        long offset = SegmentHeader.Size;
        for (int read; (read = file.Read(piece, offset)) > 0; offset += read)
            if (piece.AsSpan(0, read).ContainsAnyExcept((byte)0))
                return true;
        return false;
    }

    private static void CheckFollows(List<SegmentEntry> before, string path, SegmentHeader header)
    {
        var previous = before[^1];
        if (header.LogId != previous.Header.LogId)
            throw Damage(path, header.FirstIndex, $"it belongs to log {header.LogId}, the one before to {previous.Header.LogId}");
        if (header.PreviousFirstIndex != previous.Header.FirstIndex)
            throw Damage(path, header.FirstIndex,
                $"segment {SegmentHeader.FileName(header.PreviousFirstIndex)} before it is missing");
        if (header.PreviousBytes != previous.Bytes)
            throw new SegmentDamageException(previous.Name, new SegmentOffset(previous.Bytes), new RecordIndex(header.FirstIndex),
                $"it was sealed with {header.PreviousBytes} bytes and has {previous.Bytes}");
        if (header.FirstBatch <= previous.Header.FirstBatch
            || header.FirstIndex - previous.Header.FirstIndex < header.FirstBatch - previous.Header.FirstBatch)
            throw Damage(path, header.FirstIndex, "its batch number does not follow the segment before");
    }

    private static SegmentDamageException Damage(string path, ulong index, string reason) =>
        new(Path.GetFileName(path), new SegmentOffset(0), new RecordIndex(index), reason);
}
