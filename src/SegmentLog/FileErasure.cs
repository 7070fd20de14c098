namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// Takes bytes off a disk for good: zeros over them, flushed, before the file system gets the blocks back. A file that is only
/// unlinked, or whose zeros are dropped from the page cache by the hole punched behind them, leaves its bytes in free blocks.
/// </summary>
public static class FileErasure
{
    private const int PieceBytes = 1 << 18;

    private static readonly byte[] Zeros = new byte[PieceBytes];

    /// <summary>Zeros, flush, unlink, sync of the directory. A file that is not there is erased already; doing it again does no harm.</summary>
    public static void Erase(IFileSystem files, string path)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (!files.Exists(path))
            return;
        using (var file = files.OpenExisting(path, FileAccess.ReadWrite))
        {
            WriteZeros(file, 0, file.Length);
            file.Flush();
        }
        files.Delete(path);
        files.SyncDirectory(Path.GetDirectoryName(path) ?? throw new ArgumentException("The path names no file in a directory.", nameof(path)));
    }

    /// Zeros first and flushed, then the holes: a hole punched over zeros that are still in memory would drop them.
    internal static void EraseBodies(IFileSystem files, string path, IReadOnlyList<RecordPlace> places)
    {
        using var file = files.OpenExisting(path, FileAccess.ReadWrite);
        foreach (var place in places)
            WriteZeros(file, place.BodyOffset, place.BodyBytes);
        file.Flush();
        foreach (var place in places)
            file.PunchHole(place.BodyOffset, place.BodyBytes);
        file.Flush();
    }

    private static void WriteZeros(IFile file, long offset, long length)
    {
        for (var end = offset + length; offset < end; offset += PieceBytes)
            file.Write(Zeros.AsSpan(0, (int)Math.Min(PieceBytes, end - offset)), offset);
    }
}
