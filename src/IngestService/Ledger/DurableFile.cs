using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>Small whole files that are either as they were or as they shall be: written beside, flushed, renamed over, directory synced.</summary>
internal static class DurableFile
{
    internal const string UnfinishedExtension = ".tmp";

    public static void Replace(IFileSystem files, string path, ReadOnlySpan<byte> bytes)
    {
        Write(files, path, bytes);
        files.SyncDirectory(DirectoryOf(path));
    }

    /// <summary>As <see cref="Replace"/>, but the caller syncs the directory, once for many files.</summary>
    public static void Write(IFileSystem files, string path, ReadOnlySpan<byte> bytes)
    {
        var unfinished = path + UnfinishedExtension;
        // Left by a crash in the middle of this.
        if (files.Exists(unfinished))
            files.Delete(unfinished);
        using (var file = files.CreateNew(unfinished))
        {
            file.Write(bytes, 0);
            file.Flush();
        }
        files.Replace(unfinished, path);
    }

    /// <summary>
    /// As <see cref="Read"/>, for who goes on from what it reads: a process that was killed between the rename and the sync left a
    /// name that is seen and would go with the power, after this process had built on it.
    /// </summary>
    public static byte[]? ReadDurable(IFileSystem files, string path)
    {
        if (files.Exists(path))
            files.SyncDirectory(DirectoryOf(path));
        return Read(files, path);
    }

    /// <summary>Null if there is no such file.</summary>
    public static byte[]? Read(IFileSystem files, string path)
    {
        if (!files.Exists(path))
            return null;
        using var file = files.OpenExisting(path, FileAccess.Read);
        var bytes = new byte[file.Length];
        return bytes[..file.Read(bytes, 0)];
    }

    public static string DirectoryOf(string path) =>
        Path.GetDirectoryName(path) ?? throw new ArgumentException("The path names no file in a directory.", nameof(path));
}
