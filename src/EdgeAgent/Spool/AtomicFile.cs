using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// Replaces a small file as a whole: after a crash there is the old content or the new, never a part.
internal static class AtomicFile
{
    public static void Write(IFileSystem files, string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".new";
        // What a crash left behind has no meaning.
        if (files.Exists(temporary))
            files.Delete(temporary);
        using (var file = files.CreateNew(temporary))
        {
            file.Write(content, 0);
            file.Flush();
        }
        files.Replace(temporary, path);
        files.SyncDirectory(Path.GetDirectoryName(path) ?? ".");
    }

    /// For who goes on from what it reads: a process that was killed between the rename and the sync left a name that is seen and would
    /// go with the power, after this process had built on it.
    public static byte[]? ReadDurable(IFileSystem files, string path)
    {
        if (files.Exists(path))
            files.SyncDirectory(Path.GetDirectoryName(path) ?? ".");
        return Read(files, path);
    }

    public static byte[]? Read(IFileSystem files, string path)
    {
        if (!files.Exists(path))
            return null;
        using var file = files.OpenExisting(path, FileAccess.Read);
        var content = new byte[file.Length];
        return file.Read(content, 0) == content.Length ? content : throw new EndOfStreamException(path);
    }
}
