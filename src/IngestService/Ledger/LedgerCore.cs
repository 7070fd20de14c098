using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Ledger.Checkpoints;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Ledger.Merkle;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.IngestService.Ledger.Proofs;
using EdgeEnforcement.IngestService.Ledger.Recovery;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// An opened ledger: its parts, in the order they are opened and against which they are closed. <see cref="Open"/>:
///
///   1. read what was signed last; it is the floor below which nothing may be missing;
///   2. open the segments: damage stops here, a torn tail above the floor is cut;
///   3. take the tiles up at the signed size, or build them again; the root must be the signed one;
///   4. bring back the sequencer's state and finish what a deletion leaf ordered; hash what is durable above the signed size;
///   5. start the queue, and make a cut of 2 an entry;
///   6. sign what 4 found, or leave it to the checkpoints if it is much, and start them.
/// </summary>
internal sealed class LedgerCore : IOpenLedger
{
    /// <summary>
    /// What the opening itself signs: 64 tile files. A kill may come while checkpoints are a million entries behind; their tiles would take
    /// seconds, in which nobody is answered. What is above is provable a second later, as ever, or when its tiles are there.
    /// </summary>
    internal const ulong SignedAtOpening = 16_384;

    private readonly SegmentWriter _writer;
    private readonly GroupCommitQueue<AppendItem> _queue;
    private readonly SnapshotPump _snapshots;
    private readonly CheckpointStep _step;
    private readonly CheckpointPump _checkpoints;
    private readonly OriginOpening? _opening;

    private LedgerCore(LedgerSetting setting, SegmentWriter writer, RecoveryReport report, SignedState signedState, SignedCheckpoint? signed)
    {
        _writer = writer;
        _opening = setting.Opening;
        Report = report;
        var reader = writer.Reader;
        var directory = new SnapshotDirectory(setting.Files, setting.Paths.Snapshots, writer.LogId, setting.Log);
        var store = new TileStore(setting.Files, setting.Paths.Public, reader);
        var tiles = TilesAt(setting, store, reader, signed);

        var recovery = new LedgerRecovery(writer, directory);
        recovery.Run();
        recovery.State.TakesEpochsAhead = setting.Paths.OriginNumber > 1;
        var tree = new LedgerTree(FrontierAt(tiles, reader));
        _snapshots = new SnapshotPump(directory, setting.Log);
        var identities = new SegmentIdentities(reader, recovery.State, recovery.Sealed, setting.Seals?.Invoke(directory) ?? _snapshots);
        var recent = new RecentEntries();
        var sequencer = new LedgerSequencer(writer, recovery.State, tree, identities, setting.Metrics, setting.Time)
        {
            FillSalts = setting.FillSalts,
            Room = setting.Room,
            Erasure = new ErasureStep(writer, recovery.State, _snapshots),
            Recent = recent,
        };
        Sequencer = sequencer;
        _queue = new GroupCommitQueue<AppendItem>(sequencer, "ledger", setting.Options.QueueCapacity);

        var appender = new LedgerAppender(_queue);
        Appender = appender;
        Facts = new FactAppender(appender);
        Messages = appender;
        Marks = recovery.State;
        Reader = new LedgerReader(reader, recovery.State.Erased, recent);
        Places = new RecordPlaces(reader, recovery.State, identities);
        _step = new CheckpointStep(reader, tree, tiles, signedState, setting.Metrics, setting.Time);
        if (signed is not null)
            _step.Resume(signed);
        _checkpoints = new CheckpointPump(_step, TimeSpan.FromMilliseconds(setting.Options.CheckpointIntervalMilliseconds), setting.Time);
        Proofs = new LedgerProofs(setting.Signer.Name, setting.Signer.VerifierKey, store, _step, _checkpoints, Reader);
    }

    /// <summary>What the queue's thread runs. Only who never starts the core may call it.</summary>
    internal IGroupCommitOwner<AppendItem> Sequencer { get; }

    /// <summary>As <see cref="Sequencer"/>.</summary>
    internal CheckpointStep Step => _step;

    public ILedgerAppender Appender { get; }

    public IFactAppender Facts { get; }

    public IMessageAppender Messages { get; }

    public IProducerMarks Marks { get; }

    public ILedgerReader Reader { get; }

    public IRecordPlaces Places { get; }

    public ILedgerProofs Proofs { get; }

    public RecoveryReport Report { get; }

    public int SegmentCount => _writer.Reader.SegmentCount;

    public Task Completion => Task.WhenAny(_queue.Completion, _checkpoints.Failed).Unwrap();

    public static LedgerCore Open(LedgerSetting setting)
    {
        var files = setting.Files;
        files.CreateDirectory(setting.Paths.Root);
        files.CreateDirectory(setting.Paths.Public);
        var signedState = new SignedState(files, setting.Paths, setting.Signer, setting.Opening?.Fact.PreviousVerifierKey);
        var signed = signedState.Read();
        var floor = new RecoveryFloor(new RecordIndex(signed?.Checkpoint.Size ?? 0));
        var writer = SegmentWriter.Open(files, setting.Paths.Segments,
            new SegmentLogOptions { SegmentBytes = setting.Options.SegmentBytes }, setting.NewLogId, floor, out var report, DeletionLeaf.OrdersOf);
        try
        {
            // A spool's oldest segments go; a ledger's never do.
            if (report.FirstIndex > RecordIndex.Zero)
                throw new SegmentDamageException(SegmentFileOf(0), default, default, $"the ledger's first segment is missing: what is there begins at entry {report.FirstIndex}");
            return new LedgerCore(setting, writer, report, signedState, signed);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static string SegmentFileOf(ulong firstIndex) => firstIndex.ToString("D20", System.Globalization.CultureInfo.InvariantCulture) + ".seg";

    /// <summary>Steps 5 and 6; on return the ledger answers.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        _queue.Start();
        // Before anything else: it is the first entry under the new origin. A crash after it leaves it there, at its own index.
        if (_opening is { } opening && Reader.DurableSize == opening.Fact.RestoredSize)
            await Facts.AppendAsync(LeafOrigin.Ledger, new Record { OriginOpened = opening.Fact }, cancellation);
        if (Report.Cut is { } cut)
            await Facts.AppendAsync(LeafOrigin.Ledger, new Record
            {
                TailCut = new TailCut
                {
                    File = Path.GetFileName(cut.File), Offset = (ulong)cut.Offset.Value, Bytes = (ulong)cut.Bytes, NextIndex = cut.FirstLost.Value,
                },
            }, cancellation);
        if (_step.Newest is not { } newest || Reader.DurableSize - newest.Checkpoint.Size <= SignedAtOpening)
            _step.Run();
        _checkpoints.Start();
    }

    private static TileWriter TilesAt(LedgerSetting setting, TileStore store, SegmentReader reader, SignedCheckpoint? signed)
    {
        if (signed is null || signed.Checkpoint.Size == 0)
            return TileWriter.Empty(store);
        var (size, root) = (signed.Checkpoint.Size, signed.Checkpoint.Root);
        if (TileWriter.Resume(store, size, root) is { } resumed)
            return resumed;

        setting.Log.TilesRebuilt(size);
        var rebuilt = TileWriter.Empty(store);
        foreach (var record in reader.ReadFrom(new RecordIndex(0)))
        {
            if (record.Index.Value == size)
                break;
            rebuilt.Append(MerkleHashing.Leaf(record.Head.Span));
        }
        rebuilt.Flush();
        return rebuilt.Root() == root
            ? rebuilt
            : throw new LedgerFatalException($"The segments do not give the root that was signed for size {size}: run 'ingest verify' and restore from a back-up");
    }

    private static MerkleFrontier FrontierAt(TileWriter tiles, SegmentReader reader)
    {
        var frontier = tiles.Frontier;
        if (frontier.Size < reader.DurableEnd.Value)
            foreach (var record in reader.ReadFrom(new RecordIndex(frontier.Size)))
                frontier.Append(MerkleHashing.Leaf(record.Head.Span));
        return frontier;
    }

    /// <summary>Commits what waits, signs it, closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _checkpoints.DisposeAsync();
        if (!_queue.Completion.IsFaulted && !_checkpoints.Failed.IsFaulted && _step.Newest is not null)
            _step.Run();
        await _snapshots.DisposeAsync();
        _writer.Dispose();
    }
}
