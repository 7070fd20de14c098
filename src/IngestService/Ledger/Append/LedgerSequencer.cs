using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Ledger.Merkle;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// The one writer of a shard. It runs on the thread of the group commit queue; each group goes through the same steps:
///
///   1. decide every item in order: refused, known (a duplicate), or an entry with the next index (<see cref="AppendDecision"/>);
///   2. draw the salts of the group in as few calls as may be, write leaves and envelopes as one batch, keep them for those who follow;
///   3. flush;
///   4. advance the tree;
///   5. if the group holds a deletion leaf, erase what it orders (<see cref="ErasureStep"/>);
///   6. complete the tickets, also those of duplicates whose original is in this group;
///   7. if the batch opened a new segment, seal the identities of the old one.
///
/// A crash before 3 loses entries nobody was told of; after 3 they are in the ledger and their resends are duplicates.
/// An exception anywhere fails the queue for good: the state may then be ahead of the disk, so nothing more is decided by it.
/// </summary>
internal sealed class LedgerSequencer(
    SegmentWriter writer, SequencerState state, LedgerTree tree, SegmentIdentities identities, LedgerMetrics metrics, TimeProvider time)
    : IGroupCommitOwner<AppendItem>
{
    // Leaf, salt and the record's own header, roughly: for the cap of a group.
    private const int EntryOverheadBytes = 200;

    // 64 KiB: more in one piece would lie among the large objects, which only a full collection frees.
    private const int SaltsAtOnce = 2_048;

    /// <summary>Null only where nothing is ever erased.</summary>
    public ErasureStep? Erasure { get; init; }

    /// <summary>For those who follow closely; null where nobody does.</summary>
    public RecentEntries? Recent { get; init; }

    private readonly RecordBatch _batch = new();
    private readonly AppendDecision _decision = new(state, identities);
    private int _segmentCount = writer.Reader.SegmentCount;

    public required Action<byte[]> FillSalts { private get; init; }

    /// <summary>Set before the queue starts.</summary>
    public ILedgerRoom? Room { init => _decision.Room = value; }

    public int SizeOf(AppendItem item) => item.SizeBytes + EntryOverheadBytes;

    public void Stage(ReadOnlySpan<AppendItem> items)
    {
        using var _ = state.Enter();
        _decision.Begin(writer.NextIndex.Value);
        foreach (var item in items)
            _decision.Decide(item);
        Write(_decision.Entries);
        state.Size = writer.NextIndex.Value;
    }

    private void Write(IReadOnlyList<StagedEntry> entries)
    {
        _batch.Clear();
        if (entries.Count == 0)
            return;

        var salts = Array.Empty<byte>();
        var now = Math.Max(state.LastIngestMicroseconds, LedgerTime.Microseconds(time.GetUtcNow()));
        state.LastIngestMicroseconds = now;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (i % SaltsAtOnce == 0)
                FillSalts(salts = new byte[Math.Min(SaltsAtOnce, entries.Count - i) * Commitment.SaltBytes]);
            entry.Salt = salts.AsMemory(i % SaltsAtOnce * Commitment.SaltBytes, Commitment.SaltBytes);
            entry.Content = LeafOf(entry, now);
            entry.Leaf = LeafFormat.ToArray(entry.Content);
            entry.LeafHash = MerkleHashing.Leaf(entry.Leaf);
            _batch.Add(entry.Leaf, entry.Salt.Span, entry.Request.Envelope.Span);
        }

        var first = writer.Append(_batch);
        if (first.Value != entries[0].Index)
            throw new LedgerFatalException($"The batch was written at entry {first}, but decided as entry {entries[0].Index}.");
        Recent?.Add(entries);
    }

    private static Leaf LeafOf(StagedEntry entry, long ingestMicroseconds)
    {
        var request = entry.Request;
        return new Leaf
        {
            Origin = request.Origin,
            Class = (byte)request.Identity.RecordClass,
            Flags = entry.Flags,
            Type = request.Type,
            Producer = request.Identity.Producer,
            Epoch = request.Identity.Epoch,
            Sequence = request.Identity.Sequence,
            EnvelopeLength = (uint)request.Envelope.Length,
            IngestTimeMicros = ingestMicroseconds,
            Commitment = Commitment.Compute(entry.Salt.Span, request.Envelope.Span),
        };
    }

    public void Flush()
    {
        if (_batch.Count == 0)
            return;
        var started = time.GetTimestamp();
        writer.Flush();
        metrics.Flushed(_batch.Count, _batch.LengthBytes, time.GetElapsedTime(started));
    }

    public void Complete(ReadOnlySpan<AppendItem> items)
    {
        tree.Advance(_decision.Entries);
        var erasedThrough = state.Erased.Through;
        Erasure?.Run(_decision.Entries);
        if (state.Erased.Through != erasedThrough)
            Recent?.Forget();
        var durable = writer.DurableEnd.Value;
        AnswerMessages(items);
        foreach (var item in items)
        {
            if (item.IsMessage)
                continue;
            var outcome = item.OutcomeAt(durable);
            metrics.Answered(outcome);
            item.Ticket.Complete(outcome);
        }

        if (writer.Reader.SegmentCount != _segmentCount)
            Seal();
    }

    /// All of a group before anyone is woken: a connection then sends its acknowledgements together.
    private void AnswerMessages(ReadOnlySpan<AppendItem> items)
    {
        var (appended, last) = (0, default(IMessageSink));
        foreach (var item in items)
        {
            if (!item.IsMessage)
                continue;
            item.AnswerSink();
            if (item.Refusal is null)
                appended++;
            else
                metrics.Refused(item.Refusal);
        }
        foreach (var item in items)
        {
            if (!item.IsMessage || item.Message.Sink == last)
                continue;
            last = item.Message.Sink;
            last.GroupEnded();
        }
        if (appended > 0)
            metrics.MessagesAppended(appended);
    }

    /// After the tickets: nobody waits for a derived file. The batch that opened the new segment is its first.
    private void Seal()
    {
        using var _ = state.Enter();
        _segmentCount = writer.Reader.SegmentCount;
        identities.Seal(_decision.Entries);
    }

    public void Fail(ReadOnlySpan<AppendItem> items, Exception cause)
    {
        var fatal = cause as LedgerFatalException ?? new LedgerFatalException($"The ledger stopped: {cause.Message}", cause);
        foreach (var item in items)
        {
            if (item.IsMessage)
            {
                item.Message.Sink.Failed(item.Message.Token, fatal);
                item.Message.Sink.GroupEnded();
            }
            else
                item.Ticket.Fail(fatal);
        }
    }
}
