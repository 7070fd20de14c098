using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.SegmentLog;

/// Brings a directory into the state the writer starts from. Numbered as it happens:
///   1. remove what an earlier recovery left unfinished (.new);
///   2. check all headers; a last file without one is a roll that never finished: it goes, its predecessor is the last again;
///   3. scan the last segment, cut its torn tail or stop at damage;
///   4. copy the sound part into a new file, flush it, rename it over, sync the directory.
/// Step 4 also happens after a clean end: after a crash the page cache may show bytes whose flush failed or never came, they read well
/// now and are gone after the next power cut. A crash inside 4 leaves the old file and a .new, which step 1 removes.
internal sealed class SegmentRecovery(IFileSystem files, string directory, RecoveryFloor floor, ErasureReader? erasures)
{
    private const int CopyBytes = 1 << 20;

    public sealed record Recovered(
        SegmentEntry[] Segments, IFile Last, long EndOffset, ulong NextIndex, ulong NextBatch, RecoveryReport Report);

    public Recovered Run(Guid newLogId)
    {
        RemoveUnfinished();

        var found = new SegmentDirectory(files, directory);
        var segments = found.Load();
        if (found.TornFile is { } torn && segments.Count > 0)
            Remove(torn);
        return segments.Count == 0 ? Begin(found, newLogId) : Continue(segments, sealedBefore: found.TornFile is not null);
    }

    private void RemoveUnfinished()
    {
        foreach (var name in files.EnumerateFiles(directory))
            if (name.EndsWith(SegmentHeader.Extension + SegmentDirectory.UnfinishedExtension, StringComparison.Ordinal))
                files.Delete(Path.Combine(directory, name));
    }

    private void Remove(string path)
    {
        files.Delete(path);
        files.SyncDirectory(directory);
    }

    private Recovered Begin(SegmentDirectory found, Guid newLogId)
    {
        if (floor.Index > RecordIndex.Zero)
            throw new SegmentDamageException(SegmentHeader.FileName(0), default, default,
                $"there is no log, but its records below {floor.Index} are known to have been durable");
        if (found.TornFile is { } torn)
            Remove(torn);

        var header = new SegmentHeader(newLogId, 0, 0, 0, 0);
        var path = found.PathOf(0);
        var file = CreateSegment(files, directory, path, header);
        var report = new RecoveryReport { Created = true, FirstIndex = default, NextIndex = default, SegmentCount = 1 };
        return new Recovered([new SegmentEntry(path, header, 0)], file, SegmentHeader.Size, 0, 0, report);
    }

    /// A segment is part of the log once this returns: header on disk, name on disk. Records are written only then.
    public static IFile CreateSegment(IFileSystem files, string directory, string path, SegmentHeader header)
    {
        var file = files.CreateNew(path);
        try
        {
            Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
            header.Format(bytes);
            file.Write(bytes, 0);
            file.Flush();
            files.SyncDirectory(directory);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private Recovered Continue(List<SegmentEntry> segments, bool sealedBefore)
    {
        var last = segments[^1] with { Bytes = 0 };
        segments[^1] = last;
        using var old = files.OpenExisting(last.Path, FileAccess.Read);
        var scan = new TailScan(old, last, sealedBefore, floor, bodiesMustMatch: true, erasures);
        scan.Run();
        if (scan.NextIndex < floor.Index.Value)
            throw new SegmentDamageException(last.Name, new SegmentOffset(scan.EndOffset), new RecordIndex(scan.NextIndex),
                $"the log ends here, but its records below {floor.Index} are known to have been durable");

        var kept = CopyTail(old, last.Path, scan.EndOffset);
        var report = new RecoveryReport
        {
            Created = false,
            FirstIndex = new RecordIndex(segments[0].Header.FirstIndex),
            NextIndex = new RecordIndex(scan.NextIndex),
            SegmentCount = segments.Count,
            Cut = scan.Cut,
        };
        return new Recovered([.. segments], kept, scan.EndOffset, scan.NextIndex, scan.NextBatch, report);
    }

    private IFile CopyTail(IFile source, string path, long length)
    {
        // Before anything is written: a volume that recovery itself had filled would be no better off.
        if (files.GetFreeBytes(directory) is var free && free < length)
            throw new SegmentSpaceException(directory, length, free);
        var unfinished = path + SegmentDirectory.UnfinishedExtension;
        var target = files.CreateNew(unfinished);
        try
        {
            var piece = new byte[(int)Math.Min(CopyBytes, length)];
            for (long offset = 0; offset < length; offset += piece.Length)
            {
                var bytes = piece.AsSpan(0, (int)Math.Min(piece.Length, length - offset));
                if (source.Read(bytes, offset) != bytes.Length)
                    throw new IOException($"'{path}' became shorter while it was copied.");
                target.Write(bytes, offset);
            }
            target.Flush();
            files.Replace(unfinished, path);
            files.SyncDirectory(directory);
            return target;
        }
        catch (Exception e)
        {
            target.Dispose();
            // Somebody else was quicker; what we wrote is removed by step 1 of the next start.
            if (DiskFull.IsRefusedWrite(e))
                throw new SegmentSpaceException(directory, length, files.GetFreeBytes(directory), e);
            throw;
        }
    }
}
