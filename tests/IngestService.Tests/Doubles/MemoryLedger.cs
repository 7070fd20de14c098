using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>
/// The ledger in memory, for tests of its readers: duplicates, conflicts and preconditions as the sequencer decides them, in
/// the same order (duplicate before precondition). Durable at once. Time is a number the test sets.
/// </summary>
internal sealed class MemoryLedger : ILedgerAppender, ILedgerReader, IFactAppender, IProducerMarks, IRecordPlaces
{
    private readonly Lock _lock = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly Dictionary<(string, uint, RecordClass, ulong), (int Index, Sha256Hash Fingerprint)> _identities = [];
    private readonly Dictionary<string, ulong> _streams = [];
    private readonly Dictionary<string, ulong> _next = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long NowMicros { get; set; } = 1_795_000_000_000_000;

    /// <summary>Called with each append before it is decided; may throw (a process that dies) or refuse.</summary>
    public Func<AppendRequest, RefusalDetail?>? OnAppend { get; set; }

    public int Duplicates { get; private set; }

    public ulong DurableSize
    {
        get
        {
            lock (_lock)
                return (ulong)_entries.Count;
        }
    }

    public ulong ErasedThrough { get; private set; }

    public IReadOnlyList<IndexRange> ErasedRanges { get; private set; } = [];

    public IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (_lock)
                return [.. _entries];
        }
    }

    public ulong Append(string producer, Action<Record> fill, RecordClass recordClass = RecordClass.P0, ulong? sequence = null, uint epoch = 1)
    {
        Record record = new()
        {
            Identity = new RecordIdentity { Producer = producer, Epoch = epoch, RecordClass = recordClass },
        };
        fill(record);
        record.Identity.Sequence = sequence ?? Next(producer, epoch, recordClass);
        AppendOutcome outcome = Decide(Request(LeafOrigin.Producer, record));
        return (outcome.Receipt ?? throw new InvalidOperationException(outcome.Refusal!.Detail)).Index.Value;
    }

    public ulong AppendFact(LeafOrigin origin, Record record)
    {
        FactOutcome outcome = AppendAsync(origin, record, CancellationToken.None).GetAwaiter().GetResult();
        return (outcome.Outcome.Receipt ?? throw new InvalidOperationException(outcome.Outcome.Refusal!.Detail)).Index.Value;
    }

    /// <summary>As after a lawful deletion: the leaf stays, salt and envelope are gone.</summary>
    public void Erase(ulong index)
    {
        lock (_lock)
            _entries[(int)index] = _entries[(int)index] with { Salt = default, Envelope = default, IsErased = true };
    }

    public ValueTask<AppendTicket> AppendAsync(AppendRequest request, CancellationToken cancellation)
    {
        AppendTicket ticket = new();
        ticket.Complete(Decide(request));
        return ValueTask.FromResult(ticket);
    }

    public Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, CancellationToken cancellation)
    {
        string producer = origin switch { LeafOrigin.Operator => "desk", LeafOrigin.Door => "door", _ => "ledger" };
        lock (_lock)
        {
            record.Identity = new RecordIdentity
            {
                Producer = producer, Epoch = 1, RecordClass = RecordClass.P0, Sequence = _next.GetValueOrDefault(producer) + 1,
            };
            AppendRequest request = Request(origin, record);
            AppendOutcome outcome = Decide(request);
            if (outcome.Receipt is not null)
                _next[producer] = record.Identity.Sequence;
            return Task.FromResult(new FactOutcome(outcome, request.Envelope));
        }
    }

    public Task<FactOutcome> AppendIfSeenAsync(LeafOrigin origin, Record record, ulong seenSize, CancellationToken cancellation)
    {
        lock (_lock)
            return (ulong)_entries.Count > seenSize
                ? Task.FromResult(new FactOutcome(new AppendOutcome(null, new RefusalDetail(RefusalCode.Busy, "more came")), default))
                : AppendAsync(origin, record, cancellation);
    }

    public LedgerEntry Read(EntryIndex index)
    {
        lock (_lock)
            return _entries[(int)index.Value];
    }

    public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount)
    {
        lock (_lock)
            return _entries.GetRange((int)from.Value, Math.Min(maxCount, _entries.Count - (int)from.Value));
    }

    public async ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                if ((ulong)_entries.Count > size)
                    return;
                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellation);
        }
    }

    public ulong StreamVersion(string stream)
    {
        lock (_lock)
            return _streams.GetValueOrDefault(stream);
    }

    public EntryIndex? Find(RecordIdentity identity)
    {
        lock (_lock)
            return _identities.TryGetValue((identity.Producer, identity.Epoch, identity.RecordClass, identity.Sequence), out (int Index, Sha256Hash) known)
                ? new EntryIndex((ulong)known.Index)
                : null;
    }

    public uint? ConfirmEpoch(string producer, uint epoch, bool newEpoch) => throw new NotSupportedException();

    public IReadOnlyList<SequenceMark> Marks(string producer, uint epoch) => throw new NotSupportedException();

    public ulong GapCount(string producer) => throw new NotSupportedException();

    private ulong Next(string producer, uint epoch, RecordClass recordClass)
    {
        lock (_lock)
        {
            string key = $"{producer}/{epoch}/{recordClass}";
            return _next[key] = _next.GetValueOrDefault(key) + 1;
        }
    }

    private static AppendRequest Request(LeafOrigin origin, Record record) => new()
    {
        Origin = origin,
        Identity = record.Identity,
        Type = (ushort)record.BodyCase,
        Envelope = UnsignedEnvelope.Seal(record),
        PayloadFingerprint = Sha256Hash.Of(record.ToByteArray()),
        Preconditions = [.. record.Preconditions],
    };

    private AppendOutcome Decide(AppendRequest request)
    {
        if (OnAppend?.Invoke(request) is { } refusal)
            return new AppendOutcome(null, refusal);
        lock (_lock)
        {
            RecordIdentity identity = request.Identity;
            var key = (identity.Producer, identity.Epoch, identity.RecordClass, identity.Sequence);
            LeafFlags flags = request.Flags;
            ReceiptCode code = ReceiptCode.Appended;
            if (_identities.TryGetValue(key, out (int Index, Sha256Hash Fingerprint) known))
            {
                if (known.Fingerprint == request.PayloadFingerprint)
                {
                    Duplicates++;
                    return new AppendOutcome(Receipt(known.Index, ReceiptCode.Duplicate), null);
                }

                flags |= LeafFlags.Conflict;
                code = ReceiptCode.Conflict;
            }
            else if (Refuse(request) is { } conflict)
            {
                return new AppendOutcome(null, conflict);
            }
            else
            {
                _identities[key] = (_entries.Count, request.PayloadFingerprint);
                foreach (StreamPrecondition condition in request.Preconditions)
                    _streams[condition.Stream] = _streams.GetValueOrDefault(condition.Stream) + 1;
            }

            Write(request, flags);
            return new AppendOutcome(Receipt(_entries.Count - 1, code), null);
        }
    }

    private RefusalDetail? Refuse(AppendRequest request)
    {
        foreach (StreamPrecondition condition in request.Preconditions)
        {
            ulong version = _streams.GetValueOrDefault(condition.Stream);
            if (!condition.AnyVersion && version != condition.ExpectedVersion)
                return new RefusalDetail(RefusalCode.Conflict, $"{condition.Stream} is at {version}, not {condition.ExpectedVersion}");
        }

        return null;
    }

    private void Write(AppendRequest request, LeafFlags flags)
    {
        byte[] salt = SHA256.HashData(BitConverter.GetBytes(_entries.Count));
        Leaf leaf = new()
        {
            Origin = request.Origin,
            Class = (byte)request.Identity.RecordClass,
            Flags = flags,
            Type = request.Type,
            Producer = request.Identity.Producer,
            Epoch = request.Identity.Epoch,
            Sequence = request.Identity.Sequence,
            EnvelopeLength = (uint)request.Envelope.Length,
            IngestTimeMicros = NowMicros++,
            Commitment = Commitment.Compute(salt, request.Envelope.Span),
        };
        _entries.Add(new LedgerEntry(
            new EntryIndex((ulong)_entries.Count), leaf, LeafFormat.ToArray(leaf), salt, request.Envelope, IsErased: false));
        if (DeletionLeaf.Read(leaf, request.Envelope) is { } erased)
        {
            foreach (IndexRange range in IndexRange.Of(erased.Ranges))
                for (ulong index = range.First; index <= range.Last; index++)
                    Erase(index);
            foreach (string stream in _streams.Keys.Where(stream => stream.StartsWith("alert/", StringComparison.Ordinal)).ToArray())
                if (!_entries.Any(entry => Names(entry, stream)))
                    _streams.Remove(stream);
            ErasedRanges = IndexRange.Merge([.. ErasedRanges, .. IndexRange.Of(erased.Ranges)]);
            ErasedThrough = (ulong)_entries.Count;
        }
        Interlocked.Exchange(ref _grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private static bool Names(LedgerEntry entry, string stream) => !entry.IsErased && entry.Leaf.Origin != LeafOrigin.Producer
        && Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(entry.Envelope.Span).Payload).Preconditions.Any(p => p.Stream == stream);

    private AppendReceipt Receipt(int index, ReceiptCode code)
    {
        LedgerEntry entry = _entries[index];
        return new AppendReceipt(entry.Index, (ulong)_entries.Count, entry.LeafBytes, entry.Salt, code);
    }
}
