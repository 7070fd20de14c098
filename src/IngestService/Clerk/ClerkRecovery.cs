using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Clerk.Policies;
using EdgeEnforcement.IngestService.Clerk.State;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk;

/// <summary>
/// Opens clerk.db; when it is lost, unreadable or of another schema, makes it again from the ledger by folding: entries that
/// were decided are not decided again.
/// </summary>
/// <remarks>
/// What was decided is in the ledger itself. The clerk numbers his facts without holes and in the order of their causes, so
/// with the longest run 1..s of his sequence present, D = the cause of fact s:
///   - every entry below D is decided, and all its facts are there;
///   - D may be half done (the crash came between two of its facts): it is decided again, its first fact with its old number,
///     and what of it is there is not appended again (<see cref="SaidFacts"/>);
///   - entries above D led to nothing that lasted: they are decided, with the counter running on.
/// State before D = entries below D, and the clerk's facts with a cause below D, wherever they stand (they often stand above
/// D). Where they stand does not matter, because what facts change only grows (<see cref="ClerkState"/>). Facts with a cause
/// of D or more are left out: they will be decided again and meet themselves as duplicates.
/// A deletion leaf says where the clerk stood when it came in, and he stood still for it: entries below its position are decided
/// for good, whatever became of their facts since, and the run begins there. So nothing is decided again from which a part is gone.
/// Everything is one transaction; the schema version is set last, so a crash in the middle starts over.
/// Entries above D are decided by today's rules. Those that led to nothing under older rules may lead to something now: a
/// release that changes a rule's answer must not raise <see cref="ClerkFile.SchemaVersion"/> without saying so.
/// </remarks>
internal static class ClerkRecovery
{
    private const int BatchEntries = 5_000;

    public static ClerkFile Open(SqliteFile file, ILedgerReader ledger, ILogger log)
    {
        ClerkFile open = OpenOrReplace(file, ledger, log);
        if (!open.IsNew)
            return open;
        try
        {
            Fold(open, ledger, log);
            return open;
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    private static ClerkFile OpenOrReplace(SqliteFile file, ILedgerReader ledger, ILogger log)
    {
        try
        {
            ClerkFile open = ClerkFile.Open(file, ledger.ErasedThrough);
            string? foreign = CursorMark.Foreign(ledger, open.Position, open.Mark);
            if (foreign is null && open.ErasedThrough == ledger.ErasedThrough)
                return open;
            open.Dispose();
            throw new InvalidDataException(foreign ?? "the file holds what was erased since");
        }
        catch (Exception fault) when (fault is StaleSchemaException or InvalidDataException or SqliteException)
        {
            log.Rebuilding(fault.Message);
            file.Erase();
            return ClerkFile.Open(file, ledger.ErasedThrough);
        }
    }

    private static void Fold(ClerkFile open, ILedgerReader ledger, ILogger log)
    {
        ulong size = ledger.DurableSize;
        DecidedRun run = FindRun(ledger, size);
        List<Record> said = [];
        open.Begin();
        try
        {
            Read(ledger, size, stored =>
            {
                bool own = stored.Leaf.Origin == LeafOrigin.Clerk;
                if (!own && stored.Index.Value >= run.Cause)
                    return;
                ProjectedEntry entry = EntryDecoder.Decode(stored, ClerkPolicy.Wants);
                if (!own)
                    open.State.Fold(entry);
                else if (entry.Record is { } fact && CauseOf(fact) is { } cause)
                {
                    if (cause < run.Cause)
                        open.State.FoldFact(fact);
                    else if (cause == run.Cause && stored.Leaf.Sequence <= run.LastSequence)
                        said.Add(fact);
                }
            });
            byte[] mark = run.Cause == 0 ? CursorMark.None : CursorMark.Of(ledger.Read(new EntryIndex(run.Cause - 1)));
            open.Commit(run.Cause, mark, run.FirstSequence);
            open.Said = new SaidFacts(run.Cause, run.LastSequence, said);
        }
        catch
        {
            open.Rollback();
            throw;
        }

        open.Seal();
        log.Recovered(run.Cause, run.FirstSequence);
    }

    /// <summary>The longest run 1..s of the clerk's facts: the cause of its last one, and the first number with that cause.</summary>
    private static DecidedRun FindRun(ILedgerReader ledger, ulong size)
    {
        DecidedRun run = new(0, 1, 0);
        ulong next = 1;
        Dictionary<ulong, ulong> ahead = []; // causes of facts beyond a hole
        Read(ledger, size, stored =>
        {
            if (DeletionLeaf.Read(stored.Leaf, stored.Envelope) is { } erased)
            {
                (run, next) = (new DecidedRun(erased.ClerkPosition, erased.ClerkNextSequence, LastSequence: 0), erased.ClerkNextSequence); // nothing of it is owed
                ahead.Clear();
            }
            if (stored.Leaf.Origin != LeafOrigin.Clerk)
                return;
            ulong cause = CauseOf(EntryDecoder.Decode(stored, ClerkPolicy.Wants).Record) ?? run.Cause;
            ahead[stored.Leaf.Sequence] = cause;
            for (; ahead.Remove(next, out ulong reached); next++)
            {
                run = reached != run.Cause || next == run.FirstSequence ? new DecidedRun(reached, next, next) : run with { LastSequence = next };
            }
        });
        return run;
    }

    // AlertUpdated changes nothing the clerk keeps, but it has its place in the run. An erased fact belongs to its neighbours.
    internal static ulong? CauseOf(Record? fact) => fact switch
    {
        { AlertOpened.Cause: { } cause } => cause.EntryIndex,
        { AlertUpdated.Cause: { } cause } => cause.EntryIndex,
        { MediaAttached.Cause: { } cause } => cause.EntryIndex,
        { AlertRecomputed.Cause: { } cause } => cause.EntryIndex,
        _ => null,
    };

    private static void Read(ILedgerReader ledger, ulong size, Action<LedgerEntry> take)
    {
        for (ulong next = 0; next < size;)
        {
            IReadOnlyList<LedgerEntry> batch = ledger.ReadFrom(new EntryIndex(next), BatchEntries);
            foreach (LedgerEntry entry in batch)
                take(entry);
            next = batch[^1].Index.Value + 1;
        }
    }

    private readonly record struct DecidedRun(ulong Cause, ulong FirstSequence, ulong LastSequence);
}
