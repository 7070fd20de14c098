using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// Where the records of sealed segments lie, without keeping every identity in memory: per segment the range of sequences of
/// each numbering, and a few whole maps of the segments that were asked for last. Owned by the sequencer's thread.
/// </summary>
internal sealed class SegmentIdentities(
    SegmentReader reader, SequencerState state, List<SealedSegment> sealedSegments, ISealedSegmentSink sink)
{
    // A map costs some ten megabytes. Backlog and live lane of one producer resend from two places at once; double that.
    private const int KeptMaps = 4;

    private readonly LinkedList<(SealedSegment Segment, SegmentIdentityMap Map)> _recent = new();

    public IReadOnlyList<SealedSegment> Sealed => sealedSegments;

    public LedgerEntry Read(ulong index) => StoredEntry.From(reader.Read(new RecordIndex(index)));

    /// <summary>Newest first: a resend is mostly about what was sent last.</summary>
    public ulong? Find(NumberingKey key, ulong sequence)
    {
        for (var i = sealedSegments.Count - 1; i >= 0; i--)
        {
            var segment = sealedSegments[i];
            if (segment.Ranges.TryGetValue(key, out var range) && range.Contains(sequence)
                && MapOf(segment).Find(key, sequence) is { } index)
                return index;
        }
        return null;
    }

    private SegmentIdentityMap MapOf(SealedSegment segment)
    {
        for (var node = _recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Segment != segment)
                continue;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Map;
        }
        return Keep(segment, SegmentIdentityMap.Scan(reader, segment.First, segment.Next));
    }

    private SegmentIdentityMap Keep(SealedSegment segment, SegmentIdentityMap map)
    {
        _recent.AddFirst((segment, map));
        if (_recent.Count > KeptMaps)
            _recent.RemoveLast();
        return map;
    }

    /// <summary>
    /// The batch <paramref name="opening"/> began a new segment: what lay in the one before leaves the open maps.
    /// Called with the state's lock held, after the batch is durable.
    /// </summary>
    public void Seal(IReadOnlyList<StagedEntry> opening)
    {
        var next = opening[0].Index;
        var map = new SegmentIdentityMap();
        foreach (var numbering in state.Numberings_NeedsLock)
        {
            if (numbering.Open.Count == 0)
                continue;
            var stays = new Dictionary<ulong, ulong>();
            foreach (var (sequence, index) in numbering.Open)
                if (index >= next)
                    stays.Add(sequence, index);
            foreach (var sequence in stays.Keys)
                numbering.Open.Remove(sequence);
            map.Adopt(numbering.Key, numbering.Open);
            numbering.Open = stays;
        }

        var first = sealedSegments.Count == 0 ? 0 : sealedSegments[^1].Next;
        var segment = new SealedSegment(first, next, map.Ranges());
        sealedSegments.Add(segment);
        Keep(segment, map);
        sink.Sealed(segment, state.Size, SequencerSnapshot.Format(reader.LogId, state));
    }
}
