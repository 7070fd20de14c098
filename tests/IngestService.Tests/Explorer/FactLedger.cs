using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>A ledger for the media store: facts in memory, durable at once, outliving every crash of the store; the next may go wrong.</summary>
internal sealed class FactLedger : ILedgerReader, IFactAppender
{
    private readonly List<LedgerEntry> _entries = [];

    public enum Fate
    {
        Kept,

        /// <summary>Appended, but the process dies before it hears of it.</summary>
        Unanswered,
        Lost,
    }

    public Fate Next { get; set; }

    public ulong DurableSize => (ulong)_entries.Count;

    public ulong ErasedThrough => 0;

    public IReadOnlyList<EdgeEnforcement.IngestService.Ledger.Erasure.IndexRange> ErasedRanges => [];

    public FactLedger Copy()
    {
        var copy = new FactLedger();
        copy._entries.AddRange(_entries);
        return copy;
    }

    public IEnumerable<(ulong Index, Record Fact)> Facts(Record.BodyOneofCase body) =>
        _entries.Where(e => e.Leaf.Type == (int)body).Select(e => (e.Index.Value, DurableLedger.BodyOf(e)));

    public Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, CancellationToken cancellation)
    {
        if (Next == Fate.Lost)
            throw new LedgerFatalException("the fact was lost");
        var envelope = UnsignedEnvelope.Seal(record);
        var salt = new byte[Commitment.SaltBytes];
        var leaf = new Leaf
        {
            Origin = origin, Class = (byte)RecordClass.P0, Type = (ushort)record.BodyCase, Producer = FactEnvelope.Ledger, Epoch = 1,
            Sequence = DurableSize + 1, EnvelopeLength = (uint)envelope.Length, IngestTimeMicros = 1, Commitment = Commitment.Compute(salt, envelope),
        };
        _entries.Add(new LedgerEntry(new EntryIndex(DurableSize), leaf, LeafFormat.ToArray(leaf), salt, envelope, IsErased: false));
        if (Next == Fate.Unanswered)
            throw new LedgerFatalException("the answer was lost");
        var receipt = new AppendReceipt(_entries[^1].Index, DurableSize, _entries[^1].LeafBytes, salt, ReceiptCode.Appended);
        return Task.FromResult(new FactOutcome(new AppendOutcome(receipt, null), envelope));
    }

    public Task<FactOutcome> AppendIfSeenAsync(LeafOrigin origin, Record record, ulong seenSize, CancellationToken cancellation) =>
        AppendAsync(origin, record, cancellation);

    public LedgerEntry Read(EntryIndex index) => _entries[(int)index.Value];

    public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount) => [.. _entries.Skip((int)from.Value).Take(maxCount)];

    public ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation) => throw new NotSupportedException();
}
