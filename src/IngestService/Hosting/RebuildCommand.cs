using EdgeEnforcement.IngestService.Clerk;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.SegmentLog;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>
/// 'ingest rebuild DATA': throws the tables away and folds them again from entry 0, while the service is stopped. Killed in the middle,
/// it leaves a file that the service, or the next rebuild, can take over: cursor and tables are always one.
/// </summary>
internal static class RebuildCommand
{
    public const string Clerk = "clerk";

    private const ulong ProgressEntries = 500_000;

    public static IReadOnlyList<string> Names => [.. ProjectionList.Names, Clerk];

    /// <param name="only">Null: all of them.</param>
    public static ExitCode Run(IFileSystem files, LedgerPaths paths, string? only, TextWriter output)
    {
        // The writer's own lock: a running service owns the files as well as the segments.
        using var alone = files.LockDirectory(paths.Segments);
        using var reader = SegmentReader.OpenReadOnly(files, paths.Segments);
        var erased = DeletionLeaf.FindAll(reader);
        reader.HideErased(index => erased.Covers(index.Value));
        var ledger = new LedgerReader(reader, erased);
        foreach (var projection in ProjectionList.All(paths.Data))
            if (only is null || only == projection.Name)
                Rebuild(paths.Data, projection, ledger, output);
        if (only is null or Clerk)
            RebuildClerk(paths.Data, ledger, output);
        return ExitCode.Ok;
    }

    private static void Rebuild(string data, IProjection projection, LedgerReader ledger, TextWriter output)
    {
        using var file = ProjectionList.FileOf(data, projection);
        file.Erase();
        using var fold = new ProjectionFold(file, projection, ledger.ErasedThrough);
        for (var next = 0UL; next < ledger.DurableSize;)
        {
            var page = ledger.ReadFrom(new EntryIndex(next), ProjectionPump.BatchEntries);
            foreach (var entry in page)
                fold.Take(entry);
            var before = next;
            next = page[^1].Index.Value + 1;
            if (before / ProgressEntries != next / ProgressEntries)
                output.WriteLine($"... {projection.Name}: {next} of {ledger.DurableSize} entries");
        }
        fold.Flush();
        output.WriteLine($"{projection.Name}: {fold.Position} entries");
    }

    private static void RebuildClerk(string data, LedgerReader ledger, TextWriter output)
    {
        using var file = new SqliteFile(Path.Combine(data, Clerk + ".db"));
        file.Erase();
        using var folded = ClerkRecovery.Open(file, ledger, NullLogger.Instance);
        output.WriteLine($"{Clerk}: decided up to entry {folded.Position}; the next start decides from there");
    }
}
