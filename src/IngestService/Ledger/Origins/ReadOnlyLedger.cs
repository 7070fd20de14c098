using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Ledger.Merkle;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Origins;

/// <summary>
/// A restored ledger: every entry is read and proved under the old origin's last checkpoint, nothing is appended and nothing is signed.
/// Derived files (tiles, snapshots) are made where they are missing. The writer's lock is held, so that no new origin is opened under it.
/// </summary>
internal sealed class ReadOnlyLedger : IOpenLedger, ILedgerAppender, IFactAppender, IMessageAppender, IRecordPlaces
{
    private static readonly AppendOutcome Refused = new(
        null, new RefusalDetail(RefusalCode.ReadOnly, "the ledger was restored from a back-up; nothing is taken until a new origin is opened"));

    private readonly SegmentReader _segments;
    private readonly IDisposable _lock;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ReadOnlyLedger(IFileSystem files, DataIdentity identity, SegmentReader segments, IDisposable directoryLock, SignedCheckpoint signed)
    {
        _segments = segments;
        _lock = directoryLock;
        var store = new TileStore(files, identity.Paths.Public, segments);
        Reader = new LedgerReader(segments, ErasedIn(segments), isFinal: true);
        Proofs = new ReadOnlyProofs(identity.Origins[^1], signed, store);
    }

    public bool IsReadOnly => true;

    public ILedgerAppender Appender => this;

    public IFactAppender Facts => this;

    public IMessageAppender Messages => this;

    /// <summary>Empty: whoever would ask for a mark is refused at the door.</summary>
    public IProducerMarks Marks { get; } = new SequencerState();

    public ILedgerReader Reader { get; }

    public IRecordPlaces Places => this;

    public ILedgerProofs Proofs { get; }

    public Task Completion => _closed.Task;

    public int SegmentCount => _segments.SegmentCount;

    public static ReadOnlyLedger Open(IFileSystem files, DataIdentity identity, ILogger log)
    {
        var paths = identity.Paths;
        var origin = identity.Origins[^1];
        var directoryLock = files.LockDirectory(paths.Segments);
        try
        {
            var signed = SignedNotes.Open(files, paths.LastSigned, origin.VerifierKey);
            var segments = SegmentReader.OpenReadOnly(files, paths.Segments);
            if (segments.DurableEnd.Value != signed.Checkpoint.Size)
                throw new LedgerFatalException($"size {signed.Checkpoint.Size} was signed, the restored segments hold {segments.DurableEnd}: restore again");
            CheckRoot(files, paths, segments, signed, log);
            return new ReadOnlyLedger(files, identity, segments, directoryLock, signed);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// What was erased before the back-up is hidden as a live ledger hides it.
    private static ErasedEntries ErasedIn(SegmentReader segments)
    {
        var erased = DeletionLeaf.FindAll(segments);
        segments.HideErased(index => erased.Covers(index.Value));
        return erased;
    }

    private static void CheckRoot(IFileSystem files, LedgerPaths paths, SegmentReader segments, SignedCheckpoint signed, ILogger log)
    {
        files.CreateDirectory(paths.Public);
        RestoredTiles.Ensure(new TileStore(files, paths.Public, segments), segments, signed.Checkpoint, log);
        DurableFile.Replace(files, paths.Checkpoint, signed.Note.Span);
    }

    public ValueTask<AppendTicket> AppendAsync(AppendRequest request, CancellationToken cancellation)
    {
        var ticket = new AppendTicket();
        ticket.Complete(Refused);
        return ValueTask.FromResult(ticket);
    }

    public ValueTask AppendAsync(in MessageDraft draft, CancellationToken cancellation)
    {
        draft.Sink.Refused(draft.Token, Refused.Refusal!); // it is one
        draft.Sink.GroupEnded();
        return ValueTask.CompletedTask;
    }

    public Task<FactOutcome> AppendAsync(LeafOrigin origin, Record record, CancellationToken cancellation) =>
        Task.FromResult(new FactOutcome(Refused, default));

    public Task<FactOutcome> AppendIfSeenAsync(LeafOrigin origin, Record record, ulong seenSize, CancellationToken cancellation) =>
        Task.FromResult(new FactOutcome(Refused, default));

    /// <summary>Nobody decides here, so nobody asks.</summary>
    public EntryIndex? Find(RecordIdentity identity) => null;

    public ValueTask DisposeAsync()
    {
        _closed.TrySetResult();
        _segments.Dispose();
        _lock.Dispose();
        return ValueTask.CompletedTask;
    }
}
