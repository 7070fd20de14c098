using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Ledger.Recovery;

namespace EdgeEnforcement.IngestService.Tests.Faults;

/// <summary>
/// Writes the files of a seal on the sequencer's thread, where the service's own pump writes them beside it: which call is the n-th of a
/// sweep, and how many there are when the work is done, must not hang on two threads' luck.
/// </summary>
internal sealed class SealWriter(SnapshotDirectory directory) : ISealedSegmentSink
{
    public void Sealed(SealedSegment segment, ulong size, byte[] stateSnapshot)
    {
        try
        {
            directory.WriteSealed(segment);
            directory.WriteState(size, stateSnapshot);
        }
        catch (IOException)
        {
            // As in the pump: what is missing is made again by the next start.
        }
    }
}
