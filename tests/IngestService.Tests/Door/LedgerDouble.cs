using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Refusals;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Door;

/// <summary>
/// The ledger's faces in memory, with the two things a real one does not let a test do: hold every flush until told, and stop.
/// Duplicates, conflicts and preconditions are decided as the sequencer does.
/// </summary>
internal sealed class LedgerDouble : ILedgerAppender, ILedgerReader, ILedgerProofs, IProducerMarks, IFactAppender, IProducerKeys
{
    private readonly Lock _gate = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly List<Action> _held = [];
    private readonly Dictionary<RecordIdentity, (Sha256Hash Fingerprint, int Index)> _known = [];
    private readonly Dictionary<string, ulong> _streams = [];
    private readonly Dictionary<string, uint> _epochs = [];
    private LedgerFatalException? _stopped;
    private ulong _facts;
    private int _durable;
    private bool _holding;

    public string Origin => "test.local/shard";

    public string VerifierKey => "test.local/shard+00000000+AAAA";

    public SignedCheckpoint Newest => new(new Checkpoint(Origin, DurableSize, Sha256Hash.Zero), default);

    public ulong DurableSize
    {
        get
        {
            lock (_gate)
                return (ulong)_durable;
        }
    }

    /// <summary>Nothing is ever erased here.</summary>
    public ulong ErasedThrough => 0;

    public IReadOnlyList<EdgeEnforcement.IngestService.Ledger.Erasure.IndexRange> ErasedRanges => [];

    /// <summary>Everything appended, flushed or not.</summary>
    public int AppendedCount
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    public IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    /// <summary>The next fact is written and then the answer is lost, as at a crash between the two.</summary>
    public bool LoseNextFactAnswer { get; set; }

    public static Record Body(LedgerEntry entry) =>
        Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(entry.Envelope.Span).Payload);

    public IReadOnlyList<Record> Facts(Record.BodyOneofCase body) =>
        [.. Entries.Where(e => e.Leaf.Type == (ushort)body).Select(Body)];

    public void Hold()
    {
        lock (_gate)
            _holding = true;
    }

    public void Release()
    {
        Action[] held;
        lock (_gate)
        {
            _holding = false;
            _durable = _entries.Count;
            held = [.. _held];
            _held.Clear();
        }
        foreach (var complete in held)
            complete();
    }

    public void Stop() => _stopped = new LedgerFatalException("stopped by the test");

    public ValueTask<AppendTicket> AppendAsync(AppendRequest request, CancellationToken cancellation)
    {
        if (_stopped is { } stopped)
            throw stopped;
        var ticket = new AppendTicket();
        lock (_gate)
        {
            var outcome = Decide_NeedsLock(request);
            if (_holding)
            {
                _held.Add(() => ticket.Complete(outcome));
            }
            else
            {
                _durable = _entries.Count;
                ticket.Complete(outcome);
            }
        }
        return ValueTask.FromResult(ticket);
    }

    public Task<FactOutcome> AppendIfSeenAsync(LeafOrigin origin, Record record, ulong seenSize, CancellationToken cancellation) =>
        AppendAsync(origin, record, cancellation);

    public async Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, CancellationToken cancellation)
    {
        record = record.Clone();
        lock (_gate)
            record.Identity = new RecordIdentity { Producer = "ledger", Epoch = 1, RecordClass = RecordClass.P0, Sequence = ++_facts };
        var envelope = UnsignedEnvelope.Seal(record);
        var ticket = await AppendAsync(
            new AppendRequest
            {
                Origin = origin,
                Identity = record.Identity,
                Type = (ushort)record.BodyCase,
                Envelope = envelope,
                PayloadFingerprint = Sha256Hash.Of(envelope),
                Preconditions = [.. record.Preconditions],
            },
            cancellation);
        var outcome = await ticket.Outcome;
        if (LoseNextFactAnswer)
        {
            LoseNextFactAnswer = false;
            throw new LedgerFatalException("the answer was lost");
        }
        return new FactOutcome(outcome, envelope);
    }

    public LedgerEntry Read(EntryIndex index)
    {
        lock (_gate)
            return index.Value < (ulong)_durable ? _entries[(int)index.Value] : throw new ArgumentOutOfRangeException(nameof(index));
    }

    public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount)
    {
        lock (_gate)
            return [.. _entries.Take(_durable).Skip((int)from.Value).Take(maxCount)];
    }

    public ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<SignedCheckpoint> WaitForSizeAsync(ulong size, CancellationToken cancellation) => ValueTask.FromResult(Newest);

    public IReadOnlyList<Sha256Hash>? Inclusion(EntryIndex index, ulong treeSize) => null;

    public IReadOnlyList<Sha256Hash>? Consistency(ulong fromSize, ulong toSize) => null;

    public uint? ConfirmEpoch(string producer, uint epoch, bool newEpoch)
    {
        lock (_gate)
        {
            var current = _epochs.GetValueOrDefault(producer);
            if (newEpoch || current == 0)
                return _epochs[producer] = current + 1;
            return epoch == 0 || epoch == current ? current : null;
        }
    }

    public IReadOnlyList<SequenceMark> Marks(string producer, uint epoch) => [];

    public ulong GapCount(string producer) => 0;

    public ulong StreamVersion(string stream)
    {
        lock (_gate)
            return _streams.GetValueOrDefault(stream);
    }

    public ProducerKey? Find(string producer) => Entries
        .Where(e => e.Leaf.Type == Record.ProducerRegisteredFieldNumber && e.Index.Value < DurableSize)
        .Select(e => (e.Index, Body(e).ProducerRegistered))
        .Where(e => e.ProducerRegistered.Producer == producer)
        .Select(e => new ProducerKey(producer, e.ProducerRegistered.KeyId, e.ProducerRegistered.PublicKey.ToByteArray(), e.Index.Value))
        .FirstOrDefault();

    private AppendOutcome Decide_NeedsLock(AppendRequest request)
    {
        foreach (var precondition in request.Preconditions)
        {
            if (_streams.GetValueOrDefault(precondition.Stream) != precondition.ExpectedVersion)
                return new AppendOutcome(null, new RefusalDetail(RefusalCode.Conflict, precondition.Stream));
        }
        var code = ReceiptCode.Appended;
        var flags = request.Flags;
        if (_known.TryGetValue(request.Identity, out var known))
        {
            if (known.Fingerprint == request.PayloadFingerprint)
                return new AppendOutcome(Receipt_NeedsLock(known.Index, ReceiptCode.Duplicate), null);
            code = ReceiptCode.Conflict;
            flags |= LeafFlags.Conflict;
        }
        else
        {
            _known.Add(request.Identity, (request.PayloadFingerprint, _entries.Count));
        }
        foreach (var precondition in request.Preconditions)
            _streams[precondition.Stream] = precondition.ExpectedVersion + 1;
        Add_NeedsLock(request, flags);
        return new AppendOutcome(Receipt_NeedsLock(_entries.Count - 1, code), null);
    }

    private void Add_NeedsLock(AppendRequest request, LeafFlags flags)
    {
        var salt = Sha256Hash.Of(BitConverter.GetBytes(_entries.Count)).ToArray();
        var leaf = new Leaf
        {
            Origin = request.Origin,
            Class = (byte)request.Identity.RecordClass,
            Flags = flags,
            Type = request.Type,
            Producer = request.Identity.Producer,
            Epoch = request.Identity.Epoch,
            Sequence = request.Identity.Sequence,
            EnvelopeLength = (uint)request.Envelope.Length,
            IngestTimeMicros = 1,
            Commitment = Commitment.Compute(salt, request.Envelope.Span),
        };
        _entries.Add(new LedgerEntry(
            new EntryIndex((ulong)_entries.Count), leaf, LeafFormat.ToArray(leaf), salt, request.Envelope.ToArray(), false));
    }

    private AppendReceipt Receipt_NeedsLock(int index, ReceiptCode code)
    {
        var entry = _entries[index];
        return new AppendReceipt(entry.Index, (ulong)_entries.Count, entry.LeafBytes, entry.Salt, code);
    }
}
