using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.EdgeAgent.Spool;

/// Everything this producer has to say, on its own disk before anybody hears it.
///
///   spool/epoch.json               which epoch, why, and whether a new one is due
///   spool/e000001/p0|p1|p2/*.seg   one segment log per class; record n holds sequence n+1
///
/// The P0 log is also the catalogue's journal: what was docked, copied, uploaded and released is read back from it at start. P0
/// segments are therefore kept.
///
/// P1 and P2 segments go, whole and oldest first, when SpoolCleaner has shown that the ledger has them.
///
/// Order at a new epoch: the service confirms its number; epoch.json is replaced; the logs are made; EpochStart is the first P0
/// record. A crash in between leaves an epoch without its first record, which the next start writes. Nothing else can get in before
/// it: the gate is held until it is durable.
internal sealed class AgentSpool : IAsyncDisposable
{
    /// protos/report.proto: an envelope is at most 1 MiB; the rest is for signature and framing.
    public const int LargestRecordBytes = (1 << 20) - 1024;

    private static readonly RecordClass[] Classes = [RecordClass.P0, RecordClass.P1, RecordClass.P2];

    private readonly IFileSystem _files;
    private readonly AgentPaths _paths;
    private readonly ProducerKey _key;
    private readonly string _producer;
    private readonly SegmentLogOptions _segments;
    private readonly TimeProvider _time;
    private readonly ILogger<AgentSpool> _log;

    // Held while a record is queued and while the epoch changes: a record lands in the old epoch or the new, never between.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClassSpool[] _current = [];
    private readonly List<ClassSpool> _older = [];

    public AgentSpool(IFileSystem files, AgentPaths paths, ProducerKey key, AgentOptions options, TimeProvider time, ILogger<AgentSpool> log)
    {
        _files = files;
        _paths = paths;
        _key = key;
        _producer = options.Producer;
        _segments = new SegmentLogOptions { SegmentBytes = options.SpoolSegmentBytes };
        _time = time;
        _log = log;
    }

    public EpochState? State { get; private set; }

    /// Null while there is room for a record of this class, else why not. P0 is always asked for and always taken.
    public Func<RecordClass, string?> WhyNot { get; init; } = static _ => null;

    public AppendSignal Appended { get; } = new();

    /// What the receipts say was durable here, by epoch and class: below it a bad record is damage, never a torn tail.
    public Func<uint, RecordClass, ulong> AnsweredTo { get; set; } = static (_, _) => 0;

    /// Completes when records can be taken; until then the epoch must come from the service (sequence state was lost).
    public Task Opened => _opened.Task;

    /// Completes with the cause when the disk failed: the host stops.
    public Task<Exception> Failed => _failed.Task;

    public bool NeedsEpoch => State is null || State.RolloverReason.Length > 0;

    public IReadOnlyList<ClassSpool> Current => Volatile.Read(ref _current);

    /// Every class log there is, older epochs first.
    public IReadOnlyList<ClassSpool> All => [.. _older, .. Current];

    /// <param name="numberedBefore">True when this producer's key is older than this start: without sequence state it then lost it.</param>
    public async Task OpenAsync(bool numberedBefore, CancellationToken cancellation)
    {
        _files.CreateDirectory(_paths.SpoolDirectory);
        State = LoadState();
        if (State is { } state && state.Producer != _producer)
            throw new InvalidOperationException($"The spool belongs to producer '{state.Producer}', the configuration says '{_producer}'.");

        foreach (var epoch in _paths.Epochs(_files).Where(e => e != State?.Epoch))
            _older.AddRange(Classes.Select(c => OpenClass(epoch, c)));
        if (State is null)
        {
            if (numberedBefore || _older.Count > 0)
                return; // OpenEpochAsync goes on, after the service has named a number above all it knows
            State = new EpochState(_producer, 1, 0, "first start", "");
            State.Save(_files, _paths.EpochState);
        }
        await OpenCurrentAsync(cancellation);
    }

    /// A damaged state is a lost one, and for that there is a way: the service names an epoch above all it knows.
    private EpochState? LoadState()
    {
        try
        {
            return EpochState.Load(_files, _paths.EpochState);
        }
        catch (InvalidDataException e)
        {
            _log.EpochStateDamaged(e.Message);
            return null;
        }
    }

    /// Queues a record and returns when it is durable. The spool fills in identity and agent time. StationFullException: it was not taken.
    public async Task<SpooledRecord> AppendAsync(RecordClass recordClass, Record record, CancellationToken cancellation)
    {
        if (record.CalculateSize() > LargestRecordBytes)
            throw new ArgumentException($"A record of {record.CalculateSize()} bytes is above {LargestRecordBytes}.", nameof(record));
        await Opened.WaitAsync(cancellation);
        if (WhyNot(recordClass) is { } full)
            throw new StationFullException(full);
        record.Time ??= new DeviceTime();
        record.Time.AgentTime ??= Timestamp.FromDateTimeOffset(_time.GetUtcNow());
        var ticket = new SpoolTicket(record);
        try
        {
            await EnqueueAsync(recordClass, ticket, cancellation);
            // Not cancelled from here on: the record may already be on disk, and the caller has to know it.
            return await ticket.Durable;
        }
        catch (Exception e) when (DiskFull.IsRefusedWrite(e))
        {
            throw new StationFullException("The station's disk has no room: " + e.Message, e);
        }
    }

    private async Task EnqueueAsync(RecordClass recordClass, SpoolTicket ticket, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await ClassOf(recordClass).EnqueueAsync(ticket, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// A new epoch is needed: remembered across restarts, done by the uplink as soon as nothing of the old one is unsent.
    public async Task RequestRolloverAsync(string reason, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (State is not { RolloverReason.Length: 0 } state)
                return;
            State = state with { RolloverReason = reason };
            State.Save(_files, _paths.EpochState);
            _log.RolloverRequested(state.Epoch, reason);
            // The connection waits for records; the last of them may be the one that asked for this.
            Appended.Raise();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// Opens the epoch the service confirmed. Asks once more, under the gate, whether the old one is drained; false leaves all as it is.
    public async Task<bool> OpenEpochAsync(uint epoch, Func<bool> isDrained, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (State is { } old && (epoch <= old.Epoch || !isDrained()))
                return false;
            var previous = State?.Epoch ?? _older.Select(s => s.Epoch).DefaultIfEmpty(0u).Max();
            State = new EpochState(_producer, epoch, previous, State?.RolloverReason ?? "sequence state lost", "");
            State.Save(_files, _paths.EpochState);
            _older.AddRange(_current);
            await OpenCurrentAsync(cancellation);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public ClassSpool? Find(uint epoch, RecordClass recordClass) =>
        All.FirstOrDefault(s => s.Epoch == epoch && s.Class == recordClass);

    public IReadOnlyList<SequenceMark> Marks() =>
        [.. Current.Select(s => new SequenceMark { RecordClass = s.Class, LastSequence = s.LastSequence })];

    private ClassSpool ClassOf(RecordClass recordClass) => _current.Single(s => s.Class == recordClass);

    private async Task OpenCurrentAsync(CancellationToken cancellation)
    {
        var state = State!; // set by both callers
        Volatile.Write(ref _current, [.. Classes.Select(c => OpenClass(state.Epoch, c))]);
        var first = ClassOf(RecordClass.P0);
        if (first.LastSequence == 0)
        {
            var ticket = new SpoolTicket(EpochStartRecord(state));
            await first.EnqueueAsync(ticket, cancellation);
            await ticket.Durable;
        }
        _log.EpochOpen(state.Epoch, state.Reason, first.LastSequence);
        _opened.TrySetResult();
    }

    private Record EpochStartRecord(EpochState state)
    {
        var start = new EpochStart
        {
            PreviousEpoch = state.PreviousEpoch,
            Reason = state.Reason,
            AgentVersion = AgentVersion.Text,
        };
        start.LastMarks.AddRange(_older.Where(s => s.Epoch == state.PreviousEpoch)
            .Select(s => new SequenceMark { RecordClass = s.Class, LastSequence = s.LastSequence }));
        return new Record
        {
            SourceDevice = _producer,
            Sensitivity = Sensitivity.Internal,
            Time = new DeviceTime { AgentTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow()) },
            EpochStart = start,
        };
    }

    private ClassSpool OpenClass(uint epoch, RecordClass recordClass)
    {
        var directory = _paths.ClassDirectory(epoch, recordClass);
        var spool = new ClassSpool(() => OpenLog(directory, epoch, recordClass), _producer, epoch, recordClass, _key.Signer, Appended);
        _ = spool.Failed.ContinueWith(
            t => _failed.TrySetResult(t.Result), CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return spool;
    }

    private SegmentWriter OpenLog(string directory, uint epoch, RecordClass recordClass)
    {
        var writer = SegmentWriter.Open(_files, directory, _segments, LogIds.Create(),
            new RecoveryFloor(new RecordIndex(AnsweredTo(epoch, recordClass))), out var report);
        if (report.Cut is { } cut)
            _log.SpoolTailCut(directory, cut.ToString());
        return writer;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var spool in All)
            await spool.DisposeAsync();
        _gate.Dispose();
    }
}
