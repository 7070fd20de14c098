using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Ledger.Recovery;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Erasure;

/// <summary>
/// What follows a durable deletion leaf, on the sequencer's thread, before the leaf's own ticket completes:
///
///   1. readers are told: from here on nobody is given the content, be it zeroed yet or not;
///   2. the sequencer's memory forgets what was derived from it (digests of conflicts, streams named after it);
///   3. salts and envelopes are zeroed, flushed, holes punched;
///   4. state snapshots from before are erased, and one is written from after.
///
/// A crash anywhere leaves the leaf without a snapshot above it: that is how recovery knows that the work is not done, and does it
/// again from 3 before any door opens. An exception stops the shard, for the same recovery to finish.
/// </summary>
internal sealed class ErasureStep(SegmentWriter writer, SequencerState state, SnapshotPump snapshots)
{
    public void Run(IReadOnlyList<StagedEntry> entries)
    {
        foreach (var entry in entries)
            if (entry.Request is { Type: Record.ErasedFieldNumber, Origin: LeafOrigin.Operator } request
                && LeafFormat.TryParse(entry.Leaf, out var leaf) && DeletionLeaf.Read(leaf, request.Envelope) is { } erased)
                Run(entry.Index, erased);
    }

    private void Run(ulong index, Erased erased)
    {
        var ranges = IndexRange.Of(erased.Ranges);
        var streams = StreamsIn(ranges);
        streams.ExceptWith(erased.Advances.Select(advance => advance.Stream));
        state.Erased.Publish(ranges, index + 1);
        using (state.Enter())
            state.Forget_NeedsLock(streams);

        writer.EraseBodies([.. ranges.Select(range => range.ToRecords())]);

        byte[] snapshot;
        using (state.Enter())
            snapshot = SequencerSnapshot.Format(writer.LogId, state);
        snapshots.ReplaceAll(state.Size, snapshot);
    }

    private HashSet<string> StreamsIn(IndexRange[] ranges)
    {
        var streams = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in ranges)
            foreach (var record in writer.Reader.ReadFrom(new RecordIndex(range.First), checked((int)(range.Last - range.First + 1))))
                if (record.BodyState == BodyState.Intact && StoredEntry.LeafOf(record).Origin is not (LeafOrigin.Producer or LeafOrigin.Door))
                    streams.UnionWith(LedgerRecovery.PreconditionsOf(record).Select(precondition => precondition.Stream));
        return streams;
    }
}
