using System.Threading.Channels;
using EdgeEnforcement.IngestService.Ledger.Append;

namespace EdgeEnforcement.IngestService.Ledger.Recovery;

/// <summary>Writes the derived files of seals beside the sequencer. A seal costs tens of milliseconds; no ticket waits for them.</summary>
internal sealed class SnapshotPump : ISealedSegmentSink, IAsyncDisposable
{
    // A seal comes every 64 MiB. If the disk is that far behind, the newest state is not worth the wait: the next start replays more.
    private const int Capacity = 4;

    private readonly SnapshotDirectory _directory;
    private readonly ILogger _log;
    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
    private readonly Task _run;

    public SnapshotPump(SnapshotDirectory directory, ILogger log)
    {
        _directory = directory;
        _log = log;
        _run = Task.Run(RunAsync);
    }

    public void Sealed(SealedSegment segment, ulong size, byte[] stateSnapshot)
    {
        if (!_jobs.Writer.TryWrite(new Job(segment, size, stateSnapshot, null)))
            _log.SnapshotSkipped(segment.First);
    }

    /// <summary>
    /// After an erasure: on return no snapshot from before is left, also none that was on its way, and this one is durable. Throws if
    /// that did not succeed: a snapshot from before may hold digests of what was erased.
    /// </summary>
    public void ReplaceAll(ulong size, byte[] stateSnapshot)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _jobs.Writer.WriteAsync(new Job(null, size, stateSnapshot, done)).AsTask().GetAwaiter().GetResult();
        done.Task.GetAwaiter().GetResult();
    }

    private async Task RunAsync()
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync())
        {
            try
            {
                if (job.Done is not null)
                    _directory.EraseStates();
                if (job.Segment is { } segment)
                    _directory.WriteSealed(segment);
                _directory.WriteState(job.Size, job.State);
                job.Done?.SetResult();
            }
            catch (Exception e) when (job.Done is not null)
            {
                job.Done.SetException(e);
            }
            catch (IOException e)
            {
                // Derived: what is missing is rebuilt at the next start. The ledger itself reports a failing disk.
                _log.SnapshotNotWritten(job.Segment?.First ?? job.Size, e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _run;
    }

    /// <param name="Done">Not null for the snapshot after an erasure, which replaces all others.</param>
    private sealed record Job(SealedSegment? Segment, ulong Size, byte[] State, TaskCompletionSource? Done);
}
