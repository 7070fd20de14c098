using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// What the ledger answered: receipts, refusals and proofs, append-only, and the cursors that follow from them.
///
/// Head of an entry, big-endian, 24 bytes: version 1, kind, class, zero, epoch (4), sequence (8), ledger index (8). Body: the protobuf
/// message of the kind. The cursors are not stored: they are what the entries say. An answer that was lost with a torn tail is asked
/// for again by sending the record again.
internal sealed class ReceiptStore : IGroupCommitOwner<ReceiptTicket>, IAsyncDisposable
{
    private const int QueueCapacity = 4096;
    private const int BlockBits = 12;

    private readonly IFileSystem _files;
    private readonly AgentPaths _paths;
    private readonly RecordBatch _batch = new();
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SegmentWriter? _writer;
    private SegmentReader? _reader;
    private GroupCommitQueue<ReceiptTicket>? _queue;
    private ulong _stagedFrom;

    // The book: rebuilt from the log at start, written by the queue's thread, read by anybody.
    private readonly Lock _lock = new();
    private readonly Dictionary<(uint Epoch, RecordClass Class), AnswerCursor> _cursors = [];
    private readonly Dictionary<RecordKey, ReceiptEntry> _entries = [];
    // P1 and P2: where in this log the answers of each 4096 sequences lie, so that a segment's can be read back without an index.
    private readonly Dictionary<(uint Epoch, RecordClass Class, ulong Block), (ulong First, ulong Last)> _blocks = [];
    private readonly Dictionary<(RecordKey Key, ReceiptKind Wanted), ulong> _unproved = [];
    private readonly List<VoidedAnswers> _voided = [];

    public ReceiptStore(IFileSystem files, AgentPaths paths)
    {
        _files = files;
        _paths = paths;
    }

    /// Raised after every batch.
    public AppendSignal Changed { get; } = new();

    /// Completes with the cause when the disk failed; never for want of room.
    public Task<Exception> Failed => _failed.Task;

    /// A write found no room: nothing is stored until ReopenAsync. Answers that were lost for it are given again: their records are unanswered
    /// and are sent again.
    public bool IsOutOfSpace => DiskFull.IsRefusedWrite(_queue?.Completion.Exception);

    private GroupCommitQueue<ReceiptTicket> Queue => _queue ?? throw new InvalidOperationException("The receipts are not open.");

    private SegmentWriter Writer => _writer ?? throw new InvalidOperationException("The receipts are not open.");

    private SegmentReader Reader => _reader ?? throw new InvalidOperationException("The receipts are not open.");

    public void Open()
    {
        OpenLog();
        Replay(Reader);
        StartQueue();
    }

    /// Recovers the log as a start would; the book stays, for it holds only what was durable. Called by one loop, when IsOutOfSpace.
    public async Task ReopenAsync()
    {
        await Queue.DisposeAsync();
        Writer.Dispose();
        OpenLog();
        StartQueue();
    }

    private void OpenLog()
    {
        _writer = SegmentWriter.Open(_files, _paths.Receipts, new SegmentLogOptions(), LogIds.Create(), RecoveryFloor.None, out _);
        _reader = _writer.Reader;
    }

    private void StartQueue()
    {
        var queue = new GroupCommitQueue<ReceiptTicket>(this, "receipts", QueueCapacity);
        _ = queue.Completion.ContinueWith(
            t =>
            {
                if (!DiskFull.IsRefusedWrite(t.Exception))
                    _failed.TrySetResult(t.Exception!.GetBaseException());
            },
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        queue.Start();
        _queue = queue;
    }

    /// For `verify`, beside a running agent or without one: as of now, and nothing in the directory is changed.
    public static ReceiptStore OpenReadOnly(IFileSystem files, AgentPaths paths)
    {
        var store = new ReceiptStore(files, paths);
        // An agent that never got an answer may have made no log yet.
        if (files.EnumerateFiles(paths.Receipts).Count == 0)
            return store;
        store._reader = SegmentReader.OpenReadOnly(files, paths.Receipts);
        store.Replay(store._reader);
        return store;
    }

    /// On return the entry is durable and the cursors have moved.
    public async Task AddAsync(ReceiptKind kind, RecordKey key, IMessage body, CancellationToken cancellation)
    {
        var ticket = new ReceiptTicket(kind, key, body);
        try
        {
            await Queue.EnqueueAsync(ticket, cancellation);
            await ticket.Durable;
        }
        catch (Exception e) when (DiskFull.IsRefusedWrite(e))
        {
            throw new StationFullException("The station's disk has no room for an answer: " + e.Message, e);
        }
    }

    /// The log of this class begins at a sequence: what lay before it was proved and deleted, or given up, and nothing waits for its answer.
    public void BeginAt(uint epoch, RecordClass recordClass, ulong first)
    {
        lock (_lock)
        {
            if (!_cursors.TryGetValue((epoch, recordClass), out var cursor))
                _cursors[(epoch, recordClass)] = cursor = new AnswerCursor();
            cursor.BeginAt(first);
        }
        Changed.Raise();
    }

    public bool IsAnswered(RecordKey key)
    {
        lock (_lock)
            return _cursors.TryGetValue((key.Epoch, key.Class), out var cursor) && cursor.IsAnswered(key.Sequence);
    }

    public ulong ContiguousOf(uint epoch, RecordClass recordClass)
    {
        lock (_lock)
            return _cursors.TryGetValue((epoch, recordClass), out var cursor) ? cursor.Contiguous : 0;
    }

    /// The highest sequence with an answer: it left this disk, so it and all before it had been flushed.
    public ulong HighestOf(uint epoch, RecordClass recordClass)
    {
        lock (_lock)
            return _cursors.TryGetValue((epoch, recordClass), out var cursor) ? cursor.Highest : 0;
    }

    public ulong AnsweredCountOf(uint epoch, RecordClass recordClass)
    {
        lock (_lock)
            return _cursors.TryGetValue((epoch, recordClass), out var cursor) ? cursor.AnsweredCount : 0;
    }

    public ReceiptEntry? Find(RecordKey key)
    {
        lock (_lock)
            return _entries.GetValueOrDefault(key);
    }

    /// P0 records whose receipt, and manifests whose media receipt, still lacks its proof.
    public IReadOnlyList<(RecordKey Key, ReceiptKind Wanted, ulong LedgerIndex)> Unproved()
    {
        lock (_lock)
            return [.. _unproved.Select(u => (u.Key.Key, u.Key.Wanted, u.Value)).OrderBy(u => u.Value)];
    }

    public Receipt? ReadReceipt(RecordKey key) => Read(Find(key)?.Receipt, Receipt.Parser);

    public Refusal? ReadRefusal(RecordKey key) => Read(Find(key)?.Refusal, Refusal.Parser);

    public FinishAnswer? ReadMedia(RecordKey key) => Read(Find(key)?.Media, FinishAnswer.Parser);

    public InclusionProofAnswer? ReadProof(RecordKey key, ReceiptKind kind)
    {
        var entry = Find(key);
        return Read(kind == ReceiptKind.MediaProof ? entry?.MediaProof : entry?.Proof, InclusionProofAnswer.Parser);
    }

    /// The answers to a run of P1 or P2 sequences, read back from the log: the receipts, and how many were refused for good.
    public (IReadOnlyDictionary<ulong, Receipt> Receipts, int Refused) ReadRange(uint epoch, RecordClass recordClass, ulong first, ulong last)
    {
        var (from, to) = (ulong.MaxValue, 0UL);
        lock (_lock)
            for (var block = first >> BlockBits; block <= last >> BlockBits; block++)
                if (_blocks.TryGetValue((epoch, recordClass, block), out var range))
                    (from, to) = (Math.Min(from, range.First), Math.Max(to, range.Last));
        var receipts = new Dictionary<ulong, Receipt>();
        var refused = new HashSet<ulong>();
        if (from > to)
            return (receipts, 0);
        foreach (var record in Reader.ReadFrom(new RecordIndex(from)).TakeWhile(r => r.Index.Value <= to))
        {
            var (kind, key, _) = ReceiptFormat.ParseHead(record);
            if (IsVoid(record) || key.Epoch != epoch || key.Class != recordClass || key.Sequence < first || key.Sequence > last || record.BodyState != BodyState.Intact)
                continue;
            if (kind is ReceiptKind.Record or ReceiptKind.Aside)
                receipts[key.Sequence] = Receipt.Parser.ParseFrom(record.Body.Span);
            else if (kind == ReceiptKind.Refusal)
                refused.Add(key.Sequence);
        }
        return (receipts, refused.Count(s => !receipts.ContainsKey(s)));
    }

    /// The last change of origin that is stored here.
    public OriginChangeSeen? LastChange { get; private set; }

    /// Answers that count and lie at or above a ledger index, with their places in this log: what a ledger of that size has lost.
    public IReadOnlyList<(ReceiptKind Kind, RecordKey Key, RecordIndex At)> AnswersFrom(ulong ledgerIndex)
    {
        var answers = new List<(ReceiptKind, RecordKey, RecordIndex)>();
        foreach (var record in Reader.ReadFrom(Reader.FirstIndex))
        {
            var (kind, key, index) = ReceiptFormat.ParseHead(record);
            if (kind is ReceiptKind.Record or ReceiptKind.Aside or ReceiptKind.Media && index >= ledgerIndex && !IsVoid(record))
                answers.Add((kind, key, record.Index));
        }
        return answers;
    }

    public Receipt? ReadReceiptAt(RecordIndex at) => Read(at, Receipt.Parser);

    public Receipt? ReadMediaReceiptAt(RecordIndex at) => Read(at, FinishAnswer.Parser)?.Receipt;

    private bool IsVoid(StoredRecord record)
    {
        var (kind, key, ledgerIndex) = ReceiptFormat.ParseHead(record);
        lock (_lock)
            return _voided.Any(v => v.Covers(kind, key, ledgerIndex, record.Index));
    }

    /// Everything the book says is said again from the log, without the answers that are void now.
    private void Change(RecordIndex at)
    {
        var change = Read(at, OriginChangeSeen.Parser)!; // the entry is there
        lock (_lock)
        {
            LastChange = change;
            _voided.Add(new VoidedAnswers(at, change));
            _cursors.Clear();
            _entries.Clear();
            _blocks.Clear();
            _unproved.Clear();
            foreach (var record in Reader.ReadFrom(Reader.FirstIndex).TakeWhile(r => r.Index.Value < at.Value))
            {
                var (kind, key, ledgerIndex) = ReceiptFormat.ParseHead(record);
                if (kind != ReceiptKind.OriginChange && !_voided.Any(v => v.Covers(kind, key, ledgerIndex, record.Index)))
                    Apply(kind, key, ledgerIndex, record.Index);
            }
        }
    }

    private T? Read<T>(RecordIndex? at, MessageParser<T> parser) where T : class, IMessage<T>
    {
        if (at is not { } index)
            return null;
        var record = Reader.Read(index);
        return record.BodyState == BodyState.Intact
            ? parser.ParseFrom(record.Body.Span)
            : throw new InvalidDataException($"Entry {index} of the receipts is not what was written: {record.BodyState}.");
    }

    private void Replay(SegmentReader reader)
    {
        foreach (var record in reader.ReadFrom(reader.FirstIndex))
        {
            var (kind, key, ledgerIndex) = ReceiptFormat.ParseHead(record);
            Apply(kind, key, ledgerIndex, record.Index);
        }
    }

    private void Apply(ReceiptKind kind, RecordKey key, ulong ledgerIndex, RecordIndex at)
    {
        if (kind == ReceiptKind.OriginChange)
        {
            Change(at);
            return;
        }
        lock (_lock)
        {
            if (kind is ReceiptKind.Record or ReceiptKind.Aside or ReceiptKind.Refusal)
            {
                if (!_cursors.TryGetValue((key.Epoch, key.Class), out var cursor))
                    _cursors[(key.Epoch, key.Class)] = cursor = new AnswerCursor();
                cursor.Mark(key.Sequence);
            }
            // P1 and P2 are proved per segment, not one by one: nothing is kept in memory for them.
            if (key.Class != RecordClass.P0)
            {
                var block = (key.Epoch, key.Class, key.Sequence >> BlockBits);
                _blocks[block] = (_blocks.TryGetValue(block, out var range) ? range.First : at.Value, at.Value);
                return;
            }
            NoteProof(kind, key, ledgerIndex);
            var entry = _entries.GetValueOrDefault(key) ?? new ReceiptEntry();
            _entries[key] = kind switch
            {
                ReceiptKind.Record => entry with { Receipt = at, LedgerIndex = ledgerIndex },
                ReceiptKind.Aside => entry with { Receipt = at, LedgerIndex = ledgerIndex, IsAside = true },
                ReceiptKind.Refusal => entry with { Refusal = at },
                ReceiptKind.RecordProof => entry with { Proof = at },
                ReceiptKind.Media => entry with { Media = at, MediaLedgerIndex = ledgerIndex },
                ReceiptKind.MediaProof => entry with { MediaProof = at },
                _ => throw new InvalidDataException($"Entry {at} of the receipts is of the unknown kind {kind}."),
            };
        }
    }

    private void NoteProof(ReceiptKind kind, RecordKey key, ulong ledgerIndex)
    {
        if (kind is ReceiptKind.Record or ReceiptKind.Aside)
            _unproved[(key, ReceiptKind.RecordProof)] = ledgerIndex;
        else if (kind == ReceiptKind.Media)
            _unproved[(key, ReceiptKind.MediaProof)] = ledgerIndex;
        else
            _unproved.Remove((key, kind));
    }

    int IGroupCommitOwner<ReceiptTicket>.SizeOf(ReceiptTicket item) => item.Body.CalculateSize();

    void IGroupCommitOwner<ReceiptTicket>.Stage(ReadOnlySpan<ReceiptTicket> items)
    {
        Span<byte> head = stackalloc byte[ReceiptFormat.HeadBytes];
        _batch.Clear();
        foreach (var item in items)
        {
            ReceiptFormat.WriteHead(head, item.Kind, item.Key, item.Body);
            _batch.Add(head, item.Body.ToByteArray());
        }
        _stagedFrom = Writer.Append(_batch).Value;
    }

    void IGroupCommitOwner<ReceiptTicket>.Flush() => Writer.Flush();

    void IGroupCommitOwner<ReceiptTicket>.Complete(ReadOnlySpan<ReceiptTicket> items)
    {
        var at = _stagedFrom;
        foreach (var item in items)
        {
            Apply(item.Kind, item.Key, ReceiptFormat.LedgerIndexOf(item.Body), new RecordIndex(at++));
            item.Complete();
        }
        Changed.Raise();
    }

    void IGroupCommitOwner<ReceiptTicket>.Fail(ReadOnlySpan<ReceiptTicket> items, Exception cause)
    {
        foreach (var item in items)
            item.Fail(cause);
    }

    public async ValueTask DisposeAsync()
    {
        if (_queue is not null)
            await _queue.DisposeAsync();
        _writer?.Dispose();
        _reader?.Dispose();
    }
}
