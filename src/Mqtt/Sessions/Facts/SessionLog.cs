using System.Security.Cryptography;
using EdgeEnforcement.Mqtt.Sessions.State;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Mqtt.Sessions.Facts;

/// <summary>
/// What must survive, on disk: segments of facts and one snapshot. Form: docs/formats/session-log.md.
///
///   snapshot (facts below N) | ... N-1 | N  N+1  N+2 ...       segments; whole ones below N are deleted
///                                       replayed at start
///
/// A group of commands is one batch, so a command's facts are there together or not at all (a very large group is several batches, cut
/// between commands). Facts of two sorts: those that somebody was or will be told of force a flush of the group
/// (<see cref="MustFlush"/>); the others (an answer came, a QoS 1 packet id was given) are appended and become durable with the next
/// flush or heartbeat: if a power cut takes them, a QoS 1 message is sent once more, which its receiver must expect anyway.
/// </summary>
internal sealed class SessionLog : IFactSink, IDisposable
{
    /// The first byte of every record's head; the second is the kind.
    public const byte Version = 1;

    // Far below the limit of a batch, far above what a group of ordinary commands writes.
    private const int LargeBatchBytes = 64 << 20;

    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly BrokerOptions _options;
    private readonly SegmentWriter _writer;
    private readonly RecordBatch _batch = new();
    private readonly byte[] _head = [Version, 0];
    private ulong _batchNumber = 1;
    private long _tailBytes;
    private long _snapshotBytes;

    private SessionLog(IFileSystem files, string directory, BrokerOptions options, SegmentWriter writer, long snapshotBytes)
    {
        (_files, _directory, _options, _writer, _snapshotBytes) = (files, directory, options, writer, snapshotBytes);
        Facts = new FactWriter(this);
    }

    public FactWriter Facts { get; }

    /// Somebody is told of what this group decides.
    public bool MustFlush { get; set; }

    public bool HasUnflushed => _writer.NextIndex > _writer.DurableEnd;

    public int GroupBytes { get; private set; }

    public bool IsSnapshotDue => _tailBytes > Math.Max(_options.SnapshotTailBytes, 2 * _snapshotBytes);

    /// <summary>Opens the log and makes the state again. <paramref name="online"/>: sessions that had a connection when the log ended.</summary>
    public static SessionLog Open(
        IFileSystem files, string directory, BrokerOptions options, BrokerState state, out IReadOnlyCollection<Session> online)
    {
        files.CreateDirectory(directory);
        var replay = new FactReplay(state);
        var snapshot = SnapshotFile.Read(files, directory, replay);
        var next = snapshot?.Header.Next ?? RecordIndex.Zero;
        var writer = SegmentWriter.Open(
            files, directory, new SegmentLogOptions { SegmentBytes = options.SegmentBytes },
            snapshot?.Header.LogId ?? new Guid(RandomNumberGenerator.GetBytes(16)), new RecoveryFloor(next), out var report);
        var log = new SessionLog(files, directory, options, writer, snapshot?.Bytes ?? 0);
        try
        {
            if (snapshot is { } taken && taken.Header.LogId != writer.LogId)
                throw new SessionLogDamageException(directory, "the snapshot is of another log");
            if (report.FirstIndex > next)
                throw new SessionLogDamageException(directory, $"facts {next} to {report.FirstIndex} are in no snapshot and no segment");
            SnapshotFile.DeleteUnfinished(files, directory);
            log.Replay(replay, next);
        }
        catch
        {
            log.Dispose();
            throw;
        }
        online = replay.Online;
        return log;
    }

    private void Replay(FactReplay replay, RecordIndex from)
    {
        var batch = ulong.MaxValue;
        foreach (var record in _writer.Reader.ReadFrom(from))
        {
            if (record.BatchNumber != batch)
                replay.EndScope();
            batch = record.BatchNumber;
            try
            {
                if (record.BodyState != BodyState.Intact)
                    throw new InvalidDataException("the record's body is gone");
                if (record.Head.Length != _head.Length || record.Head.Span[0] != Version)
                    throw new InvalidDataException($"the record is not of version {Version}");
                replay.Apply((FactKind)record.Head.Span[1], record.Body.Span);
            }
            catch (InvalidDataException wrong)
            {
                throw new SessionLogDamageException(record.File, $"record {record.Index}: {wrong.Message}", wrong);
            }
            _tailBytes += record.Head.Length + record.Body.Length;
        }
    }

    public void BeginGroup()
    {
        MustFlush = false;
        GroupBytes = 0;
    }

    public void Add(FactKind kind, ReadOnlySpan<byte> body)
    {
        _head[1] = (byte)kind;
        _batch.Add(_head, body);
    }

    /// The message's own fact, once in each batch that speaks of it.
    public void WriteOnce(StoredMessage message)
    {
        if (message.LoggedInBatch == _batchNumber)
            return;
        message.LoggedInBatch = _batchNumber;
        Facts.Message(message);
    }

    /// Between two commands.
    public void AppendIfLarge()
    {
        if (_batch.LengthBytes > LargeBatchBytes)
            Append();
    }

    public void Append()
    {
        if (_batch.Count == 0)
            return;
        _writer.Append(_batch);
        _tailBytes += _batch.LengthBytes;
        GroupBytes += _batch.LengthBytes;
        _batch.Clear();
        _batchNumber++;
    }

    public void Flush() => _writer.Flush();

    /// <summary>
    ///   1. flush the log: the state is made of facts that may only be appended;
    ///   2. write the snapshot beside the last one, flush, rename over it, sync the directory;
    ///   3. delete the segments it covers.
    /// A crash before the rename leaves the last snapshot and all its facts; after it, segments that the next snapshot deletes.
    /// </summary>
    public void TakeSnapshot(BrokerState state)
    {
        _writer.Flush();
        var header = new SnapshotHeader(_writer.LogId, _writer.DurableEnd);
        _snapshotBytes = SnapshotFile.Write(_files, _directory, header, sink => new SnapshotFacts(new FactWriter(sink)).Write(state));
        _writer.DeleteSegmentsBelow(header.Next);
        _tailBytes = 0;
    }

    public void Dispose() => _writer.Dispose();
}
