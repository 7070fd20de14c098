using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Backup;

/// <summary>Copies the signing keys to a place of their own, readable by their owner only.</summary>
internal static class KeyCopy
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Run(LedgerPaths paths, string directory, TextWriter output)
    {
        var keys = Directory.Exists(paths.Keys) ? Directory.GetFiles(paths.Keys, "*.pem") : [];
        if (keys.Length == 0)
            throw new InvalidDataException($"'{paths.Keys}' holds no keys");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        foreach (var key in keys)
            Copy(key, Path.Combine(directory, Path.GetFileName(key)));
        new PhysicalFileSystem().SyncDirectory(directory);
        output.WriteLine($"{keys.Length} keys copied to {directory}: keep them apart from the back-up");
    }

    private static void Copy(string from, string to)
    {
        var unfinished = to + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        // From the first byte on: a mode that is set later is set too late.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(File.ReadAllBytes(from));
            stream.Flush();
            DiskFlush.Run(stream.SafeFileHandle, unfinished);
        }
        File.Move(unfinished, to, overwrite: true);
    }
}
