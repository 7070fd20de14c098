using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Erasure;
using EdgeEnforcement.IngestService.Clerk.CentreRules;
using EdgeEnforcement.IngestService.Clerk.Policies;
using EdgeEnforcement.IngestService.Clerk.Recomputation;
using EdgeEnforcement.IngestService.Clerk.State;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using EdgeEnforcement.SegmentLog;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk;

/// <summary>
/// Follows the ledger and appends what follows from it: each entry is decided once, each fact is in the ledger once.
/// </summary>
/// <remarks>
///   entry n --fold--> state --decide--> facts --number, append--> ledger
///                       ^-------fold--------'                       |
///   batch: begin | entries, appends (not awaited one by one) | await all tickets | commit position, counter, state
///
/// Invariants
///  1. Deciding is pure: a fact's bytes depend on entries 0..n, on facts decided before it, and on the counter. No clock, no
///     random, no culture. Own facts met in the ledger are skipped: they were folded when they were decided.
///  2. Facts are appended in the order they are decided, by this one task; causes never fall along the clerk's sequence.
///  3. Position, counter and state move together, and only after every fact of the batch is durable.
///
/// Crash story
///  - Before the commit: state, counter and position are those of the last commit. The same entries are decided again, with
///    the same numbers and bytes; what was appended already is answered DUPLICATE, the rest is appended. Exactly once.
///  - After it: nothing is owed.
///  - Entries of no interest move the position in memory only, and are passed over again; so are readings that rules looked at in vain.
///  - The state of the centre's rules is that of an earlier position, and is brought up to this one: see <see cref="CentreDetection"/>.
///  - clerk.db lost, or of another schema: see <see cref="ClerkRecovery"/>.
///
/// A refusal that may pass (BUSY) is tried again with the same bytes before anything else is committed; therefore an update
/// waits until its alert's opening is in the ledger: had it overtaken a refused opening, the stream would exist and the
/// opening could never come in. A refusal that may not pass
/// (CONFLICT: the stream exists though our state says it does not) is logged; its number stays a hole, and a second decision
/// would meet the same refusal.
///
/// A deletion leaf comes in while the clerk stands still (<see cref="BeginAsync"/>) and says where he stood. He then makes his file again
/// from the erased ledger and goes on from there: no decision ever spans an erasure.
/// </remarks>
internal sealed class ClerkPump : IStandstill, IAsyncDisposable
{
    /// <summary>Facts wait for one flush together; a crash repeats at most this many entries.</summary>
    public const int BatchEntries = 2_000;

    private readonly SqliteFile _file;
    private readonly ILedgerReader _ledger;
    private readonly ILedgerAppender _appender;
    private readonly AlertRecomputer _recomputer;
    private readonly RuleSetShelf _shelf;
    private readonly CentreStateFile _centreFile;
    private readonly ClerkMetrics _metrics;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1); // held over a batch, and over a standstill
    private Func<(ulong Position, ulong NextSequence)>? _committed; // of the open file; null while there is none
    private ulong _owedTo; // decisions below may be in the ledger and not in the file: written before the file was opened
    private Task _loop = Task.CompletedTask;
    private int _disposed;

    public ClerkPump(
        SqliteFile file, ClerkLedger ledger, ClerkMetrics metrics, ILogger log, TimeProvider time)
    {
        _file = file;
        _ledger = ledger.Reader;
        _appender = ledger.Appender;
        _shelf = new RuleSetShelf(ledger.Reader);
        _recomputer = new AlertRecomputer(ledger, _shelf);
        _centreFile = new CentreStateFile(new PhysicalFileSystem(), Path.ChangeExtension(file.Path, ".detection"));
        _metrics = metrics;
        _log = log;
        _time = time;
    }

    public ProjectionCursor Cursor { get; } = new("clerk");

    /// <summary>Failure-injection seam: runs when the batch's facts are durable and its position is not committed yet.</summary>
    internal Action? BeforeCommit { get; set; }

    public async Task<Standstill> BeginAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Cursor.WaitForAsync(Volatile.Read(ref _owedTo), cancellation);
            await _turn.WaitAsync(cancellation);
            if (_committed?.Invoke() is { } stand && stand.Position >= _owedTo)
                return new Standstill(stand.Position, stand.NextSequence, () => _turn.Release());
            _turn.Release();
            await Task.Delay(FactQueue.RetryAfter, _time, cancellation);
        }
    }

    public void Start() => _loop = Task.Run(() => RunAsync(_stop.Token));

    /// <summary>By the startup sequence first, by the container again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _turn.Dispose();
        _file.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        EntryDecider? open = null;
        try
        {
            while (true)
            {
                try
                {
                    open ??= OpenOrRecover();
                    await FollowAsync(open, cancellation);
                    Close(ref open);
                }
                catch (Exception fault) when (fault is not (OperationCanceledException or LedgerFatalException))
                {
                    _log.PumpFailed(Cursor.Position, fault);
                    Close(ref open);
                    await Task.Delay(FactQueue.RetryAfter, _time, cancellation);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Shutdown: what was appended and not committed is decided again at the next start, to the same bytes.
            Save(open);
        }
        catch (LedgerFatalException fatal)
        {
            _log.LedgerStopped(Cursor.Position, fatal);
        }
        finally
        {
            open?.Dispose();
        }
    }

    private void Save(EntryDecider? open)
    {
        try
        {
            open?.Save();
        }
        catch (Exception fault) when (fault is SqliteException or IOException)
        {
            // The next start passes over the same entries again.
            _log.PumpFailed(Cursor.Position, fault);
        }
    }

    private void Close(ref EntryDecider? open)
    {
        _committed = null;
        open?.Dispose();
        open = null;
    }

    /// Returns when something was erased that the file may hold.
    private async Task FollowAsync(EntryDecider open, CancellationToken cancellation)
    {
        ClerkFile file = open.File;
        while (true)
        {
            await _ledger.WaitBeyondAsync(file.Position, cancellation);
            await _turn.WaitAsync(cancellation);
            bool isOthers;
            try
            {
                if (_ledger.ErasedThrough > file.ErasedThrough)
                    return;
                IReadOnlyList<LedgerEntry> entries = _ledger.ReadFrom(new EntryIndex(file.Position), BatchEntries);
                if (entries.Count == 0)
                    continue;

                isOthers = entries.Count < BatchEntries && !entries.Any(open.IsToBeFolded);
                ulong before = file.Position;
                int facts = entries.Any(open.Concerns) ? await DecideAsync(open, entries, cancellation) : 0;
                if (file.Position == before)
                    open.PassOver(entries[^1]);
                else
                    open.Committed();
                isOthers &= facts == 0;
                Cursor.MoveTo(file.Position);
                _metrics.Batch(entries.Count, facts);
            }
            finally
            {
                _turn.Release();
            }
            if (isOthers)
                await Task.Delay(ProjectionPump.NothingForUs, _time, cancellation);
        }
    }

    /// Returns how many facts were appended. The position stays where it is when rules looked at all of it and nothing came of it: a commit for
    /// each page of readings would be for its own sake.
    private async Task<int> DecideAsync(EntryDecider open, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellation)
    {
        ClerkFile file = open.File;
        FactQueue facts = new(_appender, _log, _time);
        file.Begin();
        try
        {
            bool isFolded = false;
            ulong sequence = file.NextSequence;
            foreach (LedgerEntry stored in entries)
            {
                if (!open.Concerns(stored))
                    continue;
                isFolded |= open.IsToBeFolded(stored);
                SaidFacts? said = file.Said?.Entry == stored.Index.Value ? file.Said : null;
                foreach (Record fact in open.Decide(stored))
                {
                    ClerkFact.Number(fact, sequence++);
                    file.State.FoldFact(fact);
                    if (!(fact.Identity.Sequence <= said?.Through))
                        await facts.AppendAsync(fact, cancellation);
                }
                if (said is not null)
                    sequence = Math.Max(sequence, file.Take(said) + 1);
            }

            if (!isFolded && facts.Count == 0)
            {
                file.Rollback();
                return 0;
            }
            await facts.SettleAsync(cancellation);
            BeforeCommit?.Invoke();
            file.Commit(entries[^1].Index.Value + 1, CursorMark.Of(entries[^1]), sequence);
            return facts.Count;
        }
        catch
        {
            file.Rollback();
            throw;
        }
    }

    private EntryDecider OpenOrRecover()
    {
        Volatile.Write(ref _owedTo, _ledger.DurableSize);
        ClerkFile open = ClerkRecovery.Open(_file, _ledger, _log);
        try
        {
            CentreDetection detection = CentreDetection.Open(_centreFile, _ledger, _shelf, open.Position);
            _committed = () => (open.Position, open.NextSequence);
            Cursor.MoveTo(open.Position);
            _metrics.Watch(Cursor, _ledger);
            return new EntryDecider(open, detection, _recomputer, _ledger);
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }
}
