using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>
/// Folds a projection again beside its file, from a ledger in which something was erased, and puts it in the file's place:
///
///   1. NAME.db.rebuild is folded from entry 0; queries are answered by the old file meanwhile;
///   2. readers are held, the old file becomes NAME.db.old, the new one NAME.db, readers go on;
///   3. NAME.db.old is zeroed and unlinked.
///
/// The new file never held what was erased, so nothing has to be scrubbed out of its pages. A crash in 1 or 2 leaves leftovers and a
/// file that is missing or says itself that it is from before the erasure; the next start removes the first and folds again.
/// </summary>
internal sealed class ProjectionRebuild(IProjection projection, SqliteFile file, ILedgerReader ledger)
{
    private const string BesideExtension = ".rebuild";
    private const string OldExtension = ".old";

    /// <summary>Closes <paramref name="old"/>, in any case.</summary>
    public void Run(ProjectionFile old, CancellationToken cancellation)
    {
        using SqliteFile beside = new(file.Path + BesideExtension);
        try
        {
            while (!TryFold(beside, cancellation))
                beside.Erase();
        }
        catch
        {
            old.Dispose();
            throw;
        }

        file.ReplaceBy(beside.Path, file.Path + OldExtension, closeWriter: old.Dispose);
        new SqliteFile(file.Path + OldExtension).Erase();
    }

    /// <summary>Entries as they may be written into a file: none from an erasure on that the file does not know of.</summary>
    public static ProjectionBatch ReadBatch(ILedgerReader ledger, IProjection projection, ProjectionFile open)
    {
        IReadOnlyList<LedgerEntry> entries = ledger.ReadFrom(new EntryIndex(open.Position), ProjectionPump.BatchEntries);
        Func<Record.BodyOneofCase, bool> wants = projection.Wants;
        List<ProjectedEntry> batch = [];
        int count = 0;
        long bytes = 0;
        foreach (LedgerEntry entry in entries)
        {
            if (bytes >= ProjectionPump.BatchBytes)
                break;
            if (DeletionLeaf.Is(entry.Leaf) && entry.Index.Value >= open.ErasedThrough)
                break;
            if (entry.IsErased || projection.WantsLeaf(entry.Leaf) || EntryDecoder.HasWanted(entry, wants))
            {
                batch.Add(EntryDecoder.Decode(entry, wants));
                bytes += entry.Envelope.Length;
            }

            count++;
        }

        return new ProjectionBatch(batch, count, open.Position + (ulong)count, count == 0 ? default : entries[count - 1].LeafBytes);
    }

    public static void RemoveLeftovers(SqliteFile file)
    {
        new SqliteFile(file.Path + BesideExtension).Erase();
        new SqliteFile(file.Path + OldExtension).Erase();
    }

    /// False when more was erased meanwhile: what is folded may hold it.
    private bool TryFold(SqliteFile beside, CancellationToken cancellation)
    {
        ulong through = ledger.ErasedThrough;
        using ProjectionFile open = ProjectionFile.Open(beside, projection, through);
        while (open.Position < ledger.DurableSize)
        {
            cancellation.ThrowIfCancellationRequested();
            ProjectionBatch batch = ReadBatch(ledger, projection, open);
            if (ledger.ErasedThrough != through)
                return false;
            if (batch.ReadCount == 0)
                break; // the next erasure is on its way; the pump meets it
            open.Take(batch);
        }

        open.SavePosition();
        return true;
    }
}
