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
    private readonly Channel<(SealedSegment Segment, ulong Size, byte[] State)> _seals =
        Channel.CreateBounded<(SealedSegment, ulong, byte[])>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
    private readonly Task _run;

    public SnapshotPump(SnapshotDirectory directory, ILogger log)
    {
        _directory = directory;
        _log = log;
        _run = Task.Run(RunAsync);
    }

    public void Sealed(SealedSegment segment, ulong size, byte[] stateSnapshot)
    {
        if (!_seals.Writer.TryWrite((segment, size, stateSnapshot)))
            _log.SnapshotSkipped(segment.First);
    }

    private async Task RunAsync()
    {
        await foreach (var (segment, size, state) in _seals.Reader.ReadAllAsync())
        {
            try
            {
                _directory.WriteSealed(segment);
                _directory.WriteState(size, state);
            }
            catch (IOException e)
            {
                // Derived: what is missing is rebuilt at the next start. The ledger itself reports a failing disk.
                _log.SnapshotNotWritten(segment.First, e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _seals.Writer.TryComplete();
        await _run;
    }
}
