using System.Text;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Origins;

/// <summary>
/// The file 'restored' in the data directory: its first word is the state. It is durable before the first byte is restored and goes when
/// the new origin's first checkpoint is durable, so a directory that came from a back-up can never sign under the old origin.
/// </summary>
internal static class RestoredMarker
{
    private const string UnfinishedWord = "unfinished";
    private const string ReadOnlyWord = "read-only";

    public static RestoredState Read(IFileSystem files, LedgerPaths paths)
    {
        if (DurableFile.Read(files, paths.Restored) is not { } bytes)
            return RestoredState.None;
        // Whatever is not the whole word is a restore that did not end.
        return Encoding.UTF8.GetString(bytes).StartsWith(ReadOnlyWord + "\n", StringComparison.Ordinal) ? RestoredState.ReadOnly : RestoredState.Unfinished;
    }

    public static void Write(IFileSystem files, LedgerPaths paths, RestoredState state, string remark) =>
        DurableFile.Replace(files, paths.Restored, Encoding.UTF8.GetBytes(
            (state == RestoredState.ReadOnly ? ReadOnlyWord : UnfinishedWord) + "\n" + remark + "\n"));

    public static void Remove(IFileSystem files, LedgerPaths paths)
    {
        if (files.Exists(paths.Restored))
            files.Delete(paths.Restored);
        // Always: who was killed may have deleted it in the page cache only.
        files.SyncDirectory(paths.Data);
    }
}
