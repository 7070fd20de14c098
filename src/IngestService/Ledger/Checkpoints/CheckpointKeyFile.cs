using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger.Checkpoints;

/// <summary>
/// The shard's signing key, PEM, readable by its owner only. It is made once, with the ledger; a ledger whose key is gone is not
/// given a new one, because nobody who pinned the old key could check it any more.
/// </summary>
internal static class CheckpointKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static SigningKey LoadOrCreate(LedgerPaths paths, out bool created)
    {
        created = !File.Exists(paths.CheckpointKey);
        if (!created)
            return SigningKey.FromPem(File.ReadAllText(paths.CheckpointKey));
        if (File.Exists(paths.LastSigned))
            throw new LedgerFatalException($"'{paths.CheckpointKey}' is missing, but this ledger has signed checkpoints: restore the key");
        return Create(paths);
    }

    private static SigningKey Create(LedgerPaths paths)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(paths.Keys);
        else
            Directory.CreateDirectory(paths.Keys, OwnerOnly | UnixFileMode.UserExecute);

        var key = SigningKey.Create();
        var unfinished = paths.CheckpointKey + ".tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(key.ToPem()));
            stream.Flush();
            SegmentLog.DiskFlush.Run(stream.SafeFileHandle, unfinished);
        }
        File.Move(unfinished, paths.CheckpointKey);
        var files = new SegmentLog.PhysicalFileSystem();
        files.SyncDirectory(paths.Keys);
        files.SyncDirectory(paths.Data);
        return key;
    }
}
