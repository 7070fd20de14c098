using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// The spool of one class in one epoch: a segment log whose record number is the sequence minus one.
///
/// Sequences are given and envelopes signed on the log's own thread, in the order of appending, so there is no number without its
/// record. A crash before the flush leaves a torn tail that recovery cuts: those numbers were never seen by anybody and are given
/// again. A failed flush ends the spool (its outcome is unknown); the process stops and the next start decides. A write that found no
/// room is another matter: what it left is a torn tail. The log stops, refuses, and is recovered in place when there is room again.
internal sealed class ClassSpool : IGroupCommitOwner<SpoolTicket>, IAsyncDisposable
{
    // What waits here is in memory and promised to nobody; sources wait when it is full.
    private const int QueueCapacity = 4096;

    // The log's thread appends and flushes, the cleaner deletes: the writer takes one at a time.
    private readonly Lock _writing = new();
    private readonly Func<SegmentWriter> _open;
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RecordBatch _batch = new();
    private SegmentWriter _writer;
    private GroupCommitQueue<SpoolTicket> _queue;
    private readonly string _producer;
    private readonly EnvelopeSigner _signer;
    private readonly AppendSignal _appended;

    public ClassSpool(Func<SegmentWriter> open, string producer, uint epoch, RecordClass recordClass, EnvelopeSigner signer, AppendSignal appended)
    {
        _open = open;
        _writer = open();
        _producer = producer;
        Epoch = epoch;
        Class = recordClass;
        _signer = signer;
        _appended = appended;
        _queue = NewQueue();
    }

    public uint Epoch { get; }

    public RecordClass Class { get; }

    /// Completes with the cause when the disk failed; never for want of room.
    public Task<Exception> Failed => _failed.Task;

    /// A write found no room: nothing is taken until ReopenAsync.
    public bool IsOutOfSpace => DiskFull.IsRefusedWrite(Volatile.Read(ref _queue).Completion.Exception);

    public ulong LastSequence => _writer.DurableEnd.Value;

    public ulong FirstSequence => _writer.Reader.FirstIndex.Value + 1;

    public long SizeBytes => _writer.SizeBytes;

    public ValueTask EnqueueAsync(SpoolTicket ticket, CancellationToken cancellation) => Volatile.Read(ref _queue).EnqueueAsync(ticket, cancellation);

    /// Recovers the log as a start would, and takes records again. Called by one loop, and only when IsOutOfSpace. When there is still no
    /// room it throws and may be called again. Readers meet a closed log for a moment (IsGone).
    public async Task ReopenAsync()
    {
        await _queue.DisposeAsync();
        lock (_writing)
        {
            _writer.Dispose();
            Volatile.Write(ref _writer, _open());
        }
        Volatile.Write(ref _queue, NewQueue());
    }

    private GroupCommitQueue<SpoolTicket> NewQueue()
    {
        var queue = new GroupCommitQueue<SpoolTicket>(this, $"spool {Class}", QueueCapacity);
        _ = queue.Completion.ContinueWith(
            t =>
            {
                if (!DiskFull.IsRefusedWrite(t.Exception))
                    _failed.TrySetResult(t.Exception!.GetBaseException());
            },
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        queue.Start();
        return queue;
    }

    /// The durable envelope under a sequence; an IOException when it was given up under the reader's hands.
    public ReadOnlyMemory<byte> Read(ulong sequence)
    {
        try
        {
            return _writer.Reader.Read(new RecordIndex(sequence - 1)).Body;
        }
        catch (Exception e) when (IsGone(e, sequence))
        {
            throw new IOException($"Record {new RecordKey(Epoch, Class, sequence)} is not there now.", e);
        }
    }

    /// The next records from a sequence on; none when they were given up, or the log was closed for recovery, under the reader's hands.
    public IReadOnlyList<(RecordKey Key, ReadOnlyMemory<byte> Envelope)> ReadAhead(ulong sequence, int maxCount, long maxBytes)
    {
        try
        {
            return [.. ReadFrom(sequence, maxCount, maxBytes)];
        }
        catch (Exception e) when (IsGone(e, sequence))
        {
            return [];
        }
    }

    private bool IsGone(Exception e, ulong sequence) =>
        (e is ArgumentOutOfRangeException or FileNotFoundException && sequence < FirstSequence) || e is ObjectDisposedException;

    public IEnumerable<(RecordKey Key, ReadOnlyMemory<byte> Envelope)> ReadFrom(ulong sequence, int maxCount, long maxBytes) =>
        _writer.Reader.ReadFrom(new RecordIndex(sequence - 1), maxCount, maxBytes)
            .Select(r => (new RecordKey(Epoch, Class, r.Index.Value + 1), r.Body));

    /// The whole log, for who decides by what it says: a record that is not as it was written ends it.
    public IEnumerable<(RecordKey Key, ReadOnlyMemory<byte> Envelope)> ReadChecked()
    {
        foreach (var record in _writer.Reader.ReadFrom(_writer.Reader.FirstIndex))
            yield return record.BodyState == BodyState.Intact
                ? (new RecordKey(Epoch, Class, record.Index.Value + 1), record.Body)
                : throw new SegmentDamageException(record.File, record.Offset, record.Index, $"the spool's record is not what was written: {record.BodyState}");
    }

    /// First and last sequence of the oldest segment that is no longer written; null while there is only the one that is.
    public (ulong First, ulong Last)? OldestClosed()
    {
        var starts = _writer.Reader.SegmentStarts;
        return starts.Count > 1 ? (starts[0].Value + 1, starts[1].Value) : null;
    }

    /// Deletes whole segments up to a sequence, oldest first. A crash leaves a log that begins at one of them and has no hole.
    public void DeleteUpTo(ulong sequence)
    {
        if (Class == RecordClass.P0)
            throw new InvalidOperationException("P0 is kept: it is the station's own journal.");
        lock (_writing)
            _writer.DeleteSegmentsBelow(new RecordIndex(sequence));
    }

    int IGroupCommitOwner<SpoolTicket>.SizeOf(SpoolTicket item) => item.Record.CalculateSize();

    void IGroupCommitOwner<SpoolTicket>.Stage(ReadOnlySpan<SpoolTicket> items)
    {
        Span<byte> head = stackalloc byte[SpoolHead.SizeBytes];
        _batch.Clear();
        var sequence = _writer.NextIndex.Value;
        foreach (var ticket in items)
        {
            var key = new RecordKey(Epoch, Class, ++sequence);
            ticket.Record.Identity = new RecordIdentity { Producer = _producer, Epoch = Epoch, RecordClass = Class, Sequence = sequence };
            var envelope = _signer.Seal(ticket.Record);
            new SpoolHead(Class, (ushort)ticket.Record.BodyCase, Epoch, sequence).Format(head);
            _batch.Add(head, envelope);
            ticket.Staged = new SpooledRecord(key, envelope, ticket.Record);
        }
        lock (_writing)
            _writer.Append(_batch);
    }

    void IGroupCommitOwner<SpoolTicket>.Flush()
    {
        lock (_writing)
            _writer.Flush();
    }

    void IGroupCommitOwner<SpoolTicket>.Complete(ReadOnlySpan<SpoolTicket> items)
    {
        foreach (var ticket in items)
            ticket.Complete();
        _appended.Raise();
    }

    void IGroupCommitOwner<SpoolTicket>.Fail(ReadOnlySpan<SpoolTicket> items, Exception cause)
    {
        foreach (var ticket in items)
            ticket.Fail(cause);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _writer.Dispose();
    }
}
