using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Ledger.Origins;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>What the other modules get injected: the shard's faces, once it is open.</summary>
internal sealed class LedgerFace(LedgerShard shard) : ILedgerAppender, ILedgerReader, ILedgerProofs, IProducerMarks, IFactAppender, IMessageAppender, ILedgerOrigins, IRecordPlaces
{
    public string Origin => shard.Core.Proofs.Origin;

    public bool IsReadOnly => shard.IsReadOnly;

    public IReadOnlyList<LedgerOrigin> All => shard.Origins;

    public string VerifierKey => shard.Core.Proofs.VerifierKey;

    public SignedCheckpoint Newest => shard.Core.Proofs.Newest;

    public ulong DurableSize => shard.Core.Reader.DurableSize;

    public ulong ErasedThrough => shard.Core.Reader.ErasedThrough;

    public IReadOnlyList<IndexRange> ErasedRanges => shard.Core.Reader.ErasedRanges;

    public ValueTask<AppendTicket> AppendAsync(AppendRequest request, CancellationToken cancellation) =>
        shard.Core.Appender.AppendAsync(request, cancellation);

    public Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, CancellationToken cancellation) =>
        shard.Core.Facts.AppendAsync(origin, record, cancellation);

    public Task<FactOutcome> AppendIfSeenAsync(LeafOrigin origin, Record record, ulong seenSize, CancellationToken cancellation) =>
        shard.Core.Facts.AppendIfSeenAsync(origin, record, seenSize, cancellation);

    public ValueTask AppendAsync(in MessageDraft draft, CancellationToken cancellation) => shard.Core.Messages.AppendAsync(draft, cancellation);

    public LedgerEntry Read(EntryIndex index) => shard.Core.Reader.Read(index);

    public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount) => shard.Core.Reader.ReadFrom(from, maxCount);

    public ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation) => shard.Core.Reader.WaitBeyondAsync(size, cancellation);

    public ValueTask<SignedCheckpoint> WaitForSizeAsync(ulong size, CancellationToken cancellation) =>
        shard.Core.Proofs.WaitForSizeAsync(size, cancellation);

    public IReadOnlyList<Sha256Hash>? Inclusion(EntryIndex index, ulong treeSize) => shard.Core.Proofs.Inclusion(index, treeSize);

    public IReadOnlyList<Sha256Hash>? Consistency(ulong fromSize, ulong toSize) => shard.Core.Proofs.Consistency(fromSize, toSize);

    public EntryIndex? Find(RecordIdentity identity) => shard.Core.Places.Find(identity);

    public uint? ConfirmEpoch(string producer, uint epoch, bool newEpoch) => shard.Core.Marks.ConfirmEpoch(producer, epoch, newEpoch);

    public IReadOnlyList<SequenceMark> Marks(string producer, uint epoch) => shard.Core.Marks.Marks(producer, epoch);

    public ulong GapCount(string producer) => shard.Core.Marks.GapCount(producer);

    public ulong StreamVersion(string stream) => shard.Core.Marks.StreamVersion(stream);
}
