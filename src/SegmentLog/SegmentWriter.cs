namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// The one writer of a log. Owned by one thread at a time; readers beside it take what <see cref="DurableEnd"/> covers.
/// </summary>
/// <remarks>
/// Appended is not durable: <see cref="NextIndex"/> counts what was written, <see cref="DurableEnd"/> what was flushed. The first failed
/// write or flush ends the writer: its outcome is unknown, and a second flush that succeeds would prove nothing, because the kernel
/// may have dropped the pages of the first. Order of a roll: flush the full segment, create the next, flush its header, sync the
/// directory, only then write records into it. So an existing next file proves that its predecessor is on disk as a whole.
/// </remarks>
public sealed class SegmentWriter : IDisposable
{
    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly long _segmentBytes;
    private readonly uint _seed;
    private readonly DurableState _state;
    private readonly IDisposable _directoryLock;
    private SegmentEntry[] _segments;
    private IFile _file;
    private long _offset;
    private long _durableOffset;
    private ulong _nextIndex;
    private SegmentLogFatalException? _fatal;
    private bool _disposed;

    private SegmentWriter(
        IFileSystem files, string directory, SegmentLogOptions options, SegmentRecovery.Recovered from, IDisposable directoryLock)
    {
        _directoryLock = directoryLock;
        _files = files;
        _directory = directory;
        _segmentBytes = options.SegmentBytes;
        _segments = from.Segments;
        _file = from.Last;
        _offset = _durableOffset = from.EndOffset;
        _nextIndex = from.NextIndex;
        NextBatchNumber = from.NextBatch;
        LogId = _segments[^1].Header.LogId;
        _seed = _segments[^1].ChecksumSeed;
        _state = new DurableState(new LogSnapshot(_segments, _nextIndex, _offset));
        Reader = new SegmentReader(files, _state);
    }

    public Guid LogId { get; }

    /// <summary>Index of the next record to be appended.</summary>
    public RecordIndex NextIndex => new(_nextIndex);

    /// <summary>Every record below is on disk.</summary>
    public RecordIndex DurableEnd => new(_state.Snapshot.EndIndex);

    public ulong NextBatchNumber { get; private set; }

    /// <summary>A reader beside this writer, shared by all who ask; disposed with the writer.</summary>
    public SegmentReader Reader { get; }

    /// <summary>Bytes of all segments, appended ones included.</summary>
    public long SizeBytes => _segments[..^1].Sum(s => s.Bytes) + _offset;

    public static SegmentWriter Open(
        IFileSystem fs, string directory, SegmentLogOptions options, Guid newLogId, RecoveryFloor floor, out RecoveryReport report,
        ErasureReader? erasures = null)
    {
        ArgumentNullException.ThrowIfNull(fs);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        fs.CreateDirectory(directory);
        // A second writer's recovery would rename its copy over the segment the first one goes on writing to.
        var directoryLock = fs.LockDirectory(directory);
        try
        {
            var recovered = new SegmentRecovery(fs, directory, floor, erasures).Run(newLogId);
            report = recovered.Report;
            return new SegmentWriter(fs, directory, options, recovered, directoryLock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>A reader of its own for who wants to dispose it alone.</summary>
    public SegmentReader OpenReader() => new(_files, _state);

    /// <summary>Writes one batch, in one write. Not durable before <see cref="Flush"/> returned.</summary>
    /// <returns>The index of the batch's first record.</returns>
    public RecordIndex Append(RecordBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ThrowIfUnusable();
        var first = _nextIndex;
        if (batch.Count == 0)
            return new RecordIndex(first);
        try
        {
            if (_offset > SegmentHeader.Size && _offset + batch.LengthBytes > _segmentBytes)
                Roll();
            _file.Write(batch.Seal(NextBatchNumber, first, _offset, _durableOffset, _seed), _offset);
        }
        catch (Exception cause)
        {
            throw Stop("append", cause);
        }
        _offset += batch.LengthBytes;
        _nextIndex += (ulong)batch.Count;
        NextBatchNumber++;
        return new RecordIndex(first);
    }

    private void Roll()
    {
        FlushFile();
        var full = _segments[^1];
        var header = new SegmentHeader(LogId, _nextIndex, NextBatchNumber, full.Header.FirstIndex, checked((uint)_offset));
        var path = Path.Combine(_directory, SegmentHeader.FileName(_nextIndex));
        var next = SegmentRecovery.CreateSegment(_files, _directory, path, header);

        _file.Dispose();
        _file = next;
        _segments = [.. _segments[..^1], full with { Bytes = _offset }, new SegmentEntry(path, header, 0)];
        _offset = _durableOffset = SegmentHeader.Size;
        Publish();
    }

    /// <summary>On return everything appended is on disk and visible to readers.</summary>
    public void Flush()
    {
        ThrowIfUnusable();
        try
        {
            FlushFile();
        }
        catch (Exception cause)
        {
            throw Stop("flush", cause);
        }
    }

    private void FlushFile()
    {
        if (_durableOffset == _offset)
            return;
        _file.Flush();
        _durableOffset = _offset;
        Publish();
    }

    private void Publish() => _state.Publish(new LogSnapshot(_segments, _nextIndex, _durableOffset));

    /// <summary>Deletes whole segments all of whose records lie below <paramref name="index"/>; the last segment stays.</summary>
    public void DeleteSegmentsBelow(RecordIndex index)
    {
        ThrowIfUnusable();
        try
        {
            while (_segments.Length > 1 && _segments[1].Header.FirstIndex <= index.Value && _segments[1].Header.FirstIndex <= DurableEnd.Value)
            {
                var oldest = _segments[0];
                _segments = _segments[1..];
                _state.Publish(_state.Snapshot with { Segments = _segments });
                // One by one, oldest first, each synced: a crash leaves a chain without a hole in it.
                _files.Delete(oldest.Path);
                _files.SyncDirectory(_directory);
            }
        }
        catch (Exception cause)
        {
            throw Stop("delete segments", cause);
        }
    }

    public void EraseBody(RecordIndex index) => EraseBodies([new RecordRange(index, index)]);

    /// <summary>
    /// Zeroes the bodies, flushes, and gives their blocks back to the disk. The heads stay and stay provable. To be called only after
    /// the act that orders the erasure is durable; doing it again does no harm, so recovery repeats it. A failure ends the writer: how
    /// much is zeroed is unknown, and the failed flush may have been that of records appended meanwhile.
    /// </summary>
    public void EraseBodies(IReadOnlyList<RecordRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        ThrowIfUnusable();
        try
        {
            foreach (var segment in ranges.SelectMany(Reader.Locate).GroupBy(place => place.Path))
                FileErasure.EraseBodies(_files, segment.Key, [.. segment.Where(place => place.BodyBytes > 0)]);
        }
        catch (Exception cause)
        {
            throw Stop("erase", cause);
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_fatal is not null)
            throw new SegmentLogFatalException(_fatal.Operation, _fatal.FirstCause);
    }

    private SegmentLogFatalException Stop(string operation, Exception cause)
    {
        _fatal = new SegmentLogFatalException(operation, cause);
        _state.End(_fatal);
        return _fatal;
    }

    /// <summary>Closes without flushing: what was not flushed was promised to nobody.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _state.End(new ObjectDisposedException(nameof(SegmentWriter)));
        Reader.Dispose();
        _file.Dispose();
        _directoryLock.Dispose();
    }
}
