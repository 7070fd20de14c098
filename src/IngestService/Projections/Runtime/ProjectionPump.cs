using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>
/// Ledger to one projection: a task of its own, batches, cursor. A file of another schema version or one that SQLite cannot
/// read is deleted and rebuilt from entry 0; any other failure is tried again, so that one slow disk stops no other reader.
/// A deletion leaf makes the file worthless, where it may hold what was erased: it is folded again beside the old one, which
/// answers meanwhile, and then takes its place (<see cref="ProjectionRebuild"/>).
/// </summary>
internal sealed class ProjectionPump : IAsyncDisposable
{
    /// <summary>Entries in one transaction: beyond some thousand a commit's cost is spread thin enough, and readers wait less.</summary>
    public const int BatchEntries = 5_000;

    /// <summary>
    /// A batch ends with the entry that reaches it: 5,000 acts have a third of that. A calendar that moves every clock there is writes parts of 800 KB, and
    /// one transaction of them all would be searched for each page it has in its write-ahead log.
    /// </summary>
    public const int BatchBytes = 16 * 1024 * 1024;

    /// <summary>A long way behind (a rebuild), it says every so often how far it has come.</summary>
    private const int ProgressEntries = 500_000;

    /// <summary>After a batch smaller than this the pump waits a moment, so that a trickle becomes batches too.</summary>
    private const int SmallBatch = 256;

    // One commit per entry, four pumps at once, costs more than the entries do. Five milliseconds are nothing to the eye.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(5);

    /// <summary>Where others' entries pass, every flush of theirs would wake all who follow to find nothing.</summary>
    public static readonly TimeSpan NothingForUs = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly IProjection _projection;
    private readonly ILedgerReader _ledger;
    private readonly ProjectionMetrics _metrics;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public ProjectionPump(
        IProjection projection, SqliteFile file, ILedgerReader ledger, ProjectionMetrics metrics, ILogger log, TimeProvider time)
    {
        _projection = projection;
        File = file;
        _ledger = ledger;
        _metrics = metrics;
        _log = log;
        _time = time;
        Cursor = new ProjectionCursor(projection.Name);
    }

    public ProjectionCursor Cursor { get; }

    public SqliteFile File { get; }

    /// <summary>The file exists and can be read once this returns.</summary>
    public void Start()
    {
        ProjectionFile open = OpenOrRebuild();
        _metrics.Watch(Cursor, _ledger);
        _loop = Task.Run(() => RunAsync(open, _stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        File.Dispose();
    }

    private async Task RunAsync(ProjectionFile first, CancellationToken cancellation)
    {
        ProjectionFile? open = first;
        try
        {
            while (true)
            {
                try
                {
                    open ??= OpenOrRebuild();
                    await FollowAsync(open, cancellation);
                    _log.Refolding(_projection.Name, _ledger.ErasedThrough);
                    ProjectionFile stale = open;
                    open = null;
                    new ProjectionRebuild(_projection, File, _ledger).Run(stale, cancellation);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    _log.PumpFailed(_projection.Name, Cursor.Position, fault);
                    if (SqliteFile.IsDamage(fault) || fault is InvalidDataException)
                        File.ReportDamage(fault);
                    open?.Dispose();
                    open = null;
                    await Task.Delay(RetryAfter, _time, cancellation);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Shutdown: the batch in hand is either committed or rolled back by now.
            SavePosition(open);
        }
        finally
        {
            open?.Dispose();
        }
    }

    private void SavePosition(ProjectionFile? open)
    {
        try
        {
            open?.SavePosition();
        }
        catch (SqliteException fault)
        {
            // The next start passes over the same entries again.
            _log.PumpFailed(_projection.Name, Cursor.Position, fault);
        }
    }

    /// Returns when something was erased that the file may hold.
    private async Task FollowAsync(ProjectionFile open, CancellationToken cancellation)
    {
        while (true)
        {
            await _ledger.WaitBeyondAsync(open.Position, cancellation);
            if (File.Damage is { } damage)
                throw new InvalidDataException(damage);
            if (!open.PassErasure(_ledger))
                return;
            ProjectionBatch batch = ProjectionRebuild.ReadBatch(_ledger, _projection, open);
            if (batch.ReadCount == 0)
            {
                // A deletion leaf that is durable and not obeyed yet: a moment.
                await Task.Delay(Gathering, _time, cancellation);
                continue;
            }

            open.Take(batch);
            Cursor.MoveTo(open.Position);
            _metrics.Batch(_projection.Name, batch.ReadCount);
            if (batch.ReadCount == BatchEntries && open.Position % ProgressEntries < BatchEntries)
                _log.Following(_projection.Name, open.Position, _ledger.DurableSize);
            if (batch.Entries.Count == 0 && batch.ReadCount < BatchEntries)
                await Task.Delay(NothingForUs, _time, cancellation);
            else if (batch.ReadCount < SmallBatch)
                await Task.Delay(Gathering, _time, cancellation);
        }
    }

    private ProjectionFile OpenOrRebuild()
    {
        ProjectionFile open;
        try
        {
            if (File.Damage is { } damage)
                throw new InvalidDataException(damage);
            ProjectionRebuild.RemoveLeftovers(File);
            open = ProjectionFile.Open(File, _projection, _ledger.ErasedThrough);
            if (WhyUseless(open) is { } why)
            {
                open.Dispose();
                throw new InvalidDataException(why);
            }
        }
        catch (Exception fault) when (fault is StaleSchemaException or InvalidDataException
            || fault is SqliteException { SqliteErrorCode: SqliteError } || SqliteFile.IsDamage(fault))
        {
            _log.Rebuilding(_projection.Name, fault.Message);
            File.Erase();
            open = ProjectionFile.Open(File, _projection, _ledger.ErasedThrough);
        }

        Cursor.MoveTo(open.Position);
        return open;
    }

    private string? WhyUseless(ProjectionFile open)
    {
        // It belongs to another ledger (a restored back-up): nothing in it can be trusted.
        if (CursorMark.Foreign(_ledger, open.Position, open.Mark) is { } foreign)
            return foreign;
        if (open.ErasedThrough > _ledger.ErasedThrough)
            return "the file knows of an erasure that the ledger does not hold";
        // Not even for a moment after a start is anything shown that was erased before it.
        return open.PassErasure(_ledger) ? null : $"it may hold what entry {_ledger.ErasedThrough - 1} erased";
    }

    private const int SqliteError = 1; // a table is missing: not our schema
}
