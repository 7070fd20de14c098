using System.Text;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Checkpoints;

/// <summary>
/// The shard's signing key, PEM, readable by its owner only. It is made once, with the ledger; a ledger whose key is gone is not
/// given a new one, because nobody who pinned the old key could check it any more. On return the key is durable: it signs next.
/// </summary>
internal static class CheckpointKeyFile
{
    public static SigningKey LoadOrCreate(IFileSystem files, LedgerPaths paths, out bool created)
    {
        var there = Prepare(files, paths);
        created = there is null;
        if (there is not null)
            return there;
        if (files.Exists(paths.LastSigned))
            throw new LedgerFatalException($"'{paths.CheckpointKey}' is missing, but this ledger has signed checkpoints: restore the key");
        return Create(files, paths, SigningKey.Create());
    }

    /// <summary>The key of an origin that is being opened: taken up again, or the one given, or a new one. On return it is durable.</summary>
    public static SigningKey LoadOrCreateForNewOrigin(IFileSystem files, LedgerPaths paths, string? given)
    {
        var wanted = given is null ? null : SigningKey.FromPem(File.ReadAllText(given));
        if (Prepare(files, paths) is not { } there)
            return Create(files, paths, wanted ?? SigningKey.Create());
        return wanted is null || wanted.KeyId == there.KeyId
            ? there
            : throw new InvalidDataException($"'{paths.CheckpointKey}' is there and is another key than '{given}'");
    }

    private static SigningKey? Prepare(IFileSystem files, LedgerPaths paths)
    {
        // Also when it is there: a process that was killed on the way may have left names that only the page cache knows.
        files.CreateDirectory(paths.Keys);
        if (!OperatingSystem.IsWindows())
            SetMode(paths.Keys, UnixFileMode.UserExecute);
        return DurableFile.ReadDurable(files, paths.CheckpointKey) is { } pem ? Parse(paths.CheckpointKey, pem) : null;
    }

    private static SigningKey Create(IFileSystem files, LedgerPaths paths, SigningKey key)
    {
        // The directory lets nobody in, so there is no moment at which others could read the file before its mode is set.
        DurableFile.Replace(files, paths.CheckpointKey, Encoding.ASCII.GetBytes(key.ToPem()));
        if (!OperatingSystem.IsWindows())
            SetMode(paths.CheckpointKey, UnixFileMode.None);
        return key;
    }

    private static SigningKey Parse(string path, byte[] pem)
    {
        try
        {
            return SigningKey.FromPem(Encoding.ASCII.GetString(pem));
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            throw new LedgerFatalException($"'{path}' is damaged, restore the key: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    // Behind a file seam that is no real disk there are no modes to set.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void SetMode(string path, UnixFileMode more)
    {
        if (Path.Exists(path))
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
    }
}
