namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Lists the folder where a recorder's disk appears. Empty or missing means: no recorder.
internal static class RecorderDisk
{
    // What desktop systems and cameras leave on every disk; not recordings.
    private static readonly string[] Ignored = ["System Volume Information", "$RECYCLE.BIN", "lost+found", ".Trashes", ".Spotlight-V100"];

    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = false,
        // A link could lead out of the recorder into the station's own files.
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// Null when there is no recorder. Throws IOException when the disk vanishes while it is listed: the next scan tells.
    public static IReadOnlyList<DiskFile>? List(string root)
    {
        var directory = new DirectoryInfo(root);
        if (!directory.Exists)
            return null;
        var files = new List<DiskFile>();
        var entries = Walk(directory, "", files);
        return entries == 0 ? null : files;
    }

    private static int Walk(DirectoryInfo directory, string prefix, List<DiskFile> files)
    {
        var entries = 0;
        foreach (var entry in directory.EnumerateFileSystemInfos("*", Options))
        {
            if (Ignored.Contains(entry.Name, StringComparer.OrdinalIgnoreCase))
                continue;
            entries++;
            if (entry is FileInfo file)
                files.Add(new DiskFile(prefix + file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero)));
            else if (entry is DirectoryInfo child)
                Walk(child, prefix + child.Name + "/", files);
        }
        return entries;
    }
}
