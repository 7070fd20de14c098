namespace EdgeEnforcement.EdgeAgent.Spool;

/// A spool on a volume that ends with the machine's or the container's life is no spool: refused unless declared persistent.
internal static class SpoolVolumeRule
{
    private static readonly string[] Fleeting = ["tmpfs", "ramfs", "overlay", "aufs"];

    /// Null if the directory may be used, else why not. <paramref name="mounts"/> is the text of /proc/self/mounts.
    public static string? Check(string directory, bool declaredPersistent, string mounts)
    {
        if (declaredPersistent)
            return null;
        var type = FileSystemOf(Path.GetFullPath(directory), mounts);
        return Fleeting.Contains(type, StringComparer.Ordinal)
            ? $"'{directory}' lies on {type}, which does not outlive a restart. Choose another directory, or set Agent:DeclaredPersistent if it does."
            : null;
    }

    /// The type of the longest mount point that is a parent of the path.
    internal static string FileSystemOf(string path, string mounts)
    {
        var (longest, type) = (-1, "");
        foreach (var line in mounts.Split('\n'))
        {
            var fields = line.Split(' ');
            if (fields.Length < 3)
                continue;
            var point = fields[1].Replace("\\040", " ", StringComparison.Ordinal);
            var inside = point == "/" || path == point || path.StartsWith(point + "/", StringComparison.Ordinal);
            // A later mount on the same point covers the earlier one.
            if (inside && point.Length >= longest)
                (longest, type) = (point.Length, fields[2]);
        }
        return type;
    }
}
