using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Recovery;

/// <summary>
/// Brings the sequencer's state back from what is on disk, once the segments are open and their tail is decided:
///
///   1. the ranges of each sealed segment, from its file or by scanning the segment;
///   2. the newest state snapshot, or an empty state;
///   3. every entry after the snapshot, applied as the sequencer applied it;
///   4. the identities of the open segment, all of it: the snapshot does not carry them;
///   5. if 3 met a deletion leaf: an erasure ends with a snapshot above its leaf, so this one did not end. What it orders is zeroed
///      (again), the snapshots from before are erased, and the state is folded from entry 0 without what is gone.
///
/// Time is O(segments + open segment) as long as the derived files are there, and O(entries) once if not.
/// </summary>
internal sealed class LedgerRecovery(SegmentWriter writer, SnapshotDirectory snapshots)
{
    private readonly SegmentReader _reader = writer.Reader;
    private readonly List<IndexRange> _pending = [];

    public List<SealedSegment> Sealed { get; } = [];

    public SequencerState State { get; private set; } = new();

    public void Run()
    {
        snapshots.Create();
        var starts = _reader.SegmentStarts;
        for (var i = 0; i + 1 < starts.Count; i++)
            Sealed.Add(SealedSegmentOf(starts[i].Value, starts[i + 1].Value));

        State = snapshots.ReadNewestState(_reader.DurableEnd.Value) ?? new SequencerState();
        Replay(openFrom: starts[^1].Value);
        if (_pending.Count > 0)
            FinishErasures(openFrom: starts[^1].Value);
        State.Size = State.ContentEnd = _reader.DurableEnd.Value;
        _reader.HideErased(index => State.Erased.Covers(index.Value));
        if (_pending.Count > 0)
            using (State.Enter())
                snapshots.WriteState(State.Size, SequencerSnapshot.Format(_reader.LogId, State));
    }

    private void FinishErasures(ulong openFrom)
    {
        writer.EraseBodies([.. IndexRange.Merge(_pending).Select(range => range.ToRecords())]);
        snapshots.EraseStates();
        State = new SequencerState();
        Replay(openFrom);
    }

    private SealedSegment SealedSegmentOf(ulong first, ulong next)
    {
        if (snapshots.ReadSealed(first, next) is { } known)
            return known;
        var scanned = new SealedSegment(first, next, SegmentIdentityMap.Scan(_reader, first, next).Ranges());
        snapshots.WriteSealed(scanned);
        return scanned;
    }

    private void Replay(ulong openFrom)
    {
        var state = State;
        var from = Math.Min(state.Size, openFrom);
        using var _ = state.Enter();
        if (from == _reader.DurableEnd.Value)
            return;
        foreach (var record in _reader.ReadFrom(new RecordIndex(from)))
        {
            var index = record.Index.Value;
            var leaf = StoredEntry.LeafOf(record);
            if (index >= state.Size)
                Take(state, leaf, record, inOpenSegment: index >= openFrom);
            else if (!leaf.Flags.HasFlag(LeafFlags.Conflict))
                state.NumberingOf_NeedsLock(SegmentIdentityMap.KeyOf(leaf)).Open[leaf.Sequence] = index;
        }
    }

    private void Take(SequencerState state, Leaf leaf, in StoredRecord record, bool inOpenSegment)
    {
        Apply(state, leaf, record, inOpenSegment);
        if (DeletionLeaf.Read(record) is not { } erased)
            return;
        var ranges = IndexRange.Of(erased.Ranges);
        _pending.AddRange(ranges);
        state.Erased.Publish(ranges, record.Index.Value + 1);
        foreach (var advance in erased.Advances)
            state.Advance_NeedsLock(advance);
    }

    private static void Apply(SequencerState state, Leaf leaf, in StoredRecord record, bool inOpenSegment)
    {
        var key = SegmentIdentityMap.KeyOf(leaf);
        var index = record.Index.Value;
        state.LastIngestMicroseconds = Math.Max(state.LastIngestMicroseconds, leaf.IngestTimeMicros);
        if (leaf.Flags.HasFlag(LeafFlags.Conflict))
        {
            if (record.BodyState == BodyState.Intact)
                state.ApplyConflict_NeedsLock(
                    new ConflictKey(key, leaf.Sequence, PayloadFingerprint.Of(StoredEntry.From(record).Envelope)), index);
            return;
        }

        var numbering = state.NumberingOf_NeedsLock(key);
        if (numbering.Marks.StandingOf(leaf.Sequence) == SequenceStanding.Taken)
            throw new SegmentDamageException(record.File, record.Offset, record.Index, $"sequence {leaf.Sequence} of {key} is there twice");
        state.ApplyIdentity_NeedsLock(numbering, leaf.Sequence, index);
        if (!inOpenSegment)
            numbering.Open.Remove(leaf.Sequence);
        // Records of devices never carry preconditions; their envelopes need not be read.
        if (leaf.Origin is not (LeafOrigin.Producer or LeafOrigin.Door) && record.BodyState == BodyState.Intact)
            state.ApplyPreconditions_NeedsLock(PreconditionsOf(record));
    }

    /// The service's own bytes, without the limit of a door: a quarantined envelope inside a fact makes the fact larger than any record.
    internal static IReadOnlyList<StreamPrecondition> PreconditionsOf(in StoredRecord record)
    {
        try
        {
            return PreconditionReader.Read(StoredEntry.From(record).Envelope);
        }
        catch (Google.Protobuf.InvalidProtocolBufferException e)
        {
            throw new LedgerFatalException($"Entry {record.Index} ({record.File}, offset {record.Offset}) is a fact of the service and cannot be read", e);
        }
    }
}
