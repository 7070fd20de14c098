using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>
/// Reads everything again, for ever: segments (checksums, commitments, leaf hashes against tiles and signed roots), tiles, media
/// (SHA-256 against what MediaStored promised). The comparisons are those of 'ingest verify'; what is here is pace and place.
///
///   wait | round: read on from the cursor, on a thread of the last priority, within the budget | LedgerScrubbed | cursor: ended
///
/// A kill in a round goes on from the last saved place, if the tiles still give the root this round had hashed there; else from
/// entry 0. A kill between leaf and cursor ends the same round twice: two leaves, both true.
/// </summary>
internal sealed class ScrubPump(ScrubSetting setting, IFactAppender facts, ScrubStatus status, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly ScrubCursor _cursor = new(setting.Files, setting.Paths.ScrubCursor);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time = setting.Time;
    private Task _loop = Task.CompletedTask;
    private int _disposed;

    public void Start()
    {
        if (_cursor.Read() is { } state)
            status.State = state;
        else if (_cursor.Exists)
            log.Restarted($"'{_cursor.Path}' does not check");
        _loop = RunAsync(_stop.Token);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(UntilFirst(), _time, stopping);
            while (true)
            {
                try
                {
                    await RoundAsync(stopping);
                    await Task.Delay(setting.Options.Pause, _time, stopping);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    log.Failed(e);
                    await Task.Delay(RetryAfter, _time, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was read since the cursor was saved is read again.
        }
        catch (LedgerFatalException)
        {
            // The shard stopped, and with it the process: it has said so itself.
        }
    }

    private TimeSpan UntilFirst()
    {
        var delay = setting.Options.FirstAfter;
        if (status.State.Ended is { } ended && ended + setting.Options.Pause - _time.GetUtcNow() is var rest && rest > delay)
            delay = rest < setting.Options.Pause ? rest : setting.Options.Pause;
        return delay;
    }

    private async Task RoundAsync(CancellationToken stopping)
    {
        if (status.State.Ended is not null || status.State.Started == default)
            status.State = Fresh(status.State);
        var budget = new ReadBudget(setting.Options.MegabytesPerSecond * 1e6, _time, stopping);
        // A thread of its own: it waits most of its time, and its priority is lowered for good.
        await Task.Factory.StartNew(() => Read(budget), stopping, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        var state = status.State with { Ended = _time.GetUtcNow() };
        state = state with { VerifiedAt = state.Ended, VerifiedSize = state.Position, VerifiedFindings = state.FindingCount };
        await RecordAsync(state, stopping);
        _cursor.Write(state);
        status.State = state;
        log.Ended(state.Position, state.MediaObjects, state.Bytes, state.FindingCount, (state.VerifiedAt - state.Started)?.TotalSeconds ?? 0);
    }

    /// <summary>What the last whole round said stays in sight until this one is whole.</summary>
    private ScrubState Fresh(ScrubState last) => new()
    {
        Started = _time.GetUtcNow(), VerifiedAt = last.VerifiedAt, VerifiedSize = last.VerifiedSize, VerifiedFindings = last.VerifiedFindings,
    };

    private void Read(ReadBudget budget)
    {
        BackgroundThread.Lower();
        var files = new PacedFileSystem(setting.Files, budget);
        var tree = new TreeVerification(files, setting.Paths, setting.Verifier);
        if (status.State.Position > 0
            && !(Sha256Hash.TryParse(status.State.Root, out var root) && tree.Resume(status.State.Position, root)))
        {
            log.Restarted($"the tiles do not give the root of the first {status.State.Position} entries");
            status.State = Fresh(status.State);
            tree = new TreeVerification(files, setting.Paths, setting.Verifier);
        }
        log.Started(status.State.Position);
        var media = new MediaVerification(files, setting.Paths.MediaObjects);
        var report = new VerificationReport(TextWriter.Null);
        report.Found += finding =>
        {
            log.Found(finding.ToString());
            status.State = status.State.With(finding);
        };
        var progress = new ScrubProgress(status, _cursor, tree, media, budget, _time);
        new LedgerVerifier(files, setting.Paths, [tree, media, progress], () => tree.SignedSize, report).Run(status.State.Position);
        status.State = status.State with { Bytes = Math.Max(status.State.Bytes, budget.Bytes) };
    }

    private async Task RecordAsync(ScrubState state, CancellationToken stopping)
    {
        var record = new LedgerScrubbed
        {
            VerifiedSize = state.Position,
            MediaObjects = (ulong)state.MediaObjects,
            BytesRead = (ulong)state.Bytes,
            FindingCount = (uint)state.FindingCount,
            Started = state.Started.ToTimestamp(),
            Ended = (state.Ended ?? _time.GetUtcNow()).ToTimestamp(),
        };
        foreach (var finding in state.Findings)
            record.Findings.Add(ToRecord(finding));
        var outcome = await facts.AppendAsync(LeafOrigin.Ledger, new Record { LedgerScrubbed = record }, stopping);
        if (outcome.Outcome.Refusal is { } refusal)
            log.NotRecorded($"{refusal.Code} {refusal.Detail}");
    }

    private ScrubFinding ToRecord(Finding finding)
    {
        var record = new ScrubFinding
        {
            File = Path.IsPathRooted(finding.File) ? Path.GetRelativePath(setting.Paths.Data, finding.File) : finding.File, What = finding.What,
        };
        if (finding.Offset is { } offset)
            record.Offset = (ulong)offset;
        if (finding.Index is { } index)
            record.EntryIndex = index;
        return record;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }
}
