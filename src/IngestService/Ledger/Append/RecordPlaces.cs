using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// Answers readers from what the sequencer keeps for duplicates: the open segment's map and the ranges of the sealed ones, both under the
/// state's lock; whole maps of sealed segments are the readers' own, made by reading the segment.
/// </summary>
internal sealed class RecordPlaces(SegmentReader reader, SequencerState state, SegmentIdentities identities) : IRecordPlaces
{
    // What an alert quotes lies together, or in the backlog of one producer. A map costs some ten megabytes.
    private const int KeptMaps = 2;

    private readonly Lock _lock = new(); // never asked for while the state's is held
    private readonly LinkedList<(SealedSegment Segment, SegmentIdentityMap Map)> _recent = new();

    public EntryIndex? Find(RecordIdentity identity)
    {
        NumberingKey key = new(identity.Producer, identity.Epoch, identity.RecordClass);
        SealedSegment[] candidates;
        using (state.Enter())
        {
            if (state.FindNumbering_NeedsLock(key) is not { } numbering || numbering.Marks.StandingOf(identity.Sequence) != SequenceStanding.Taken)
                return null;
            if (numbering.Open.TryGetValue(identity.Sequence, out var index))
                return new EntryIndex(index);
            candidates = [.. identities.Sealed.Where(s => s.Ranges.TryGetValue(key, out var range) && range.Contains(identity.Sequence))];
        }
        for (var i = candidates.Length - 1; i >= 0; i--)
            if (MapOf(candidates[i]).Find(key, identity.Sequence) is { } index)
                return new EntryIndex(index);
        return null;
    }

    private SegmentIdentityMap MapOf(SealedSegment segment)
    {
        using var _ = _lock.EnterScope();
        for (var node = _recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Segment != segment)
                continue;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Map;
        }
        var map = SegmentIdentityMap.Scan(reader, segment.First, segment.Next);
        _recent.AddFirst((segment, map));
        if (_recent.Count > KeptMaps)
            _recent.RemoveLast();
        return map;
    }
}
