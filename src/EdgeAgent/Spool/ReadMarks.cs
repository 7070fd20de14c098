using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// How far detection has read each log, so that nothing is deleted before it was judged. Written by detection's loop, read by the cleaner
/// and the shedder. Without detection nobody reads and nothing is held.
internal sealed class ReadMarks
{
    private readonly ConcurrentDictionary<(uint Epoch, RecordClass Class), (ulong Read, ulong Saved)> _marks = new();

    /// From the moment the agent is put together, not from the first read on: the cleaner may be there first.
    public required bool IsHeld { get; init; }

    /// Judged, and remembered on disk: a start goes on behind it. What is deleted for good must lie below.
    public ulong SavedTo(ClassSpool log) => IsHeld ? _marks.GetValueOrDefault((log.Epoch, log.Class)).Saved : ulong.MaxValue;

    /// Judged, in memory at least. On a disk too full to remember anything, waiting for more would be waiting for ever.
    public ulong ReadTo(ClassSpool log) => IsHeld ? _marks.GetValueOrDefault((log.Epoch, log.Class)).Read : ulong.MaxValue;

    public void Read(uint epoch, RecordClass recordClass, ulong to) =>
        _marks.AddOrUpdate((epoch, recordClass), (to, 0), (_, old) => (to, old.Saved));

    public void Saved(uint epoch, RecordClass recordClass, ulong to) =>
        _marks.AddOrUpdate((epoch, recordClass), (to, to), (_, old) => (old.Read, to));
}
