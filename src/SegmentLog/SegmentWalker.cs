namespace EdgeEnforcement.SegmentLog;

/// Steps through the records of one segment, checking each against its batch, its length and its checksums.
/// The same steps serve reading, indexing and recovery, so recovery accepts exactly what readers can read.
internal sealed class SegmentWalker(IFile file, SegmentEntry segment, WalkPosition start, long limit, int pieceBytes)
{
    private readonly FileWindow _window = new(file, limit, pieceBytes);
    private WalkPosition _position = start;
    private ReadOnlyMemory<byte> _head;
    private ReadOnlyMemory<byte> _body;
    private RecordHeader _record;
    private long _bodyOffset;

    public WalkPosition Position => _position;

    /// The header passed last; default before the first one.
    public BatchHeader Batch { get; private set; }

    /// Why the walk ended before its limit; null if it did not.
    public string? Failure { get; private set; }

    public SegmentDamageException Damage() =>
        new(segment.Name, new SegmentOffset(_position.Offset), new RecordIndex(_position.NextIndex),
            Failure ?? "there is no further record");

    public bool TryRead(out StoredRecord record)
    {
        record = default;
        var at = _position;
        if (!EnterBatch(ref at))
            return false;

        if (!Load(at.Offset, at.BatchEnd, loadBody: true))
            return false;
        record = new StoredRecord
        {
            Index = new RecordIndex(at.NextIndex),
            BatchNumber = at.BatchNumber,
            Head = _head,
            Body = _body,
            BodyState = _record.StateOf(_body.Span),
            File = segment.Name,
            Offset = new SegmentOffset(at.Offset),
        };
        return Advance(at);
    }

    /// Passes one record, checking its head but not looking at its body.
    public bool TrySkip()
    {
        var at = _position;
        return EnterBatch(ref at) && Load(at.Offset, at.BatchEnd, loadBody: false) && Advance(at);
    }

    /// Where the body of the record passed last lies.
    public RecordPlace Passed(string path) => new(path, _bodyOffset, _record.BodyBytes);

    /// Passes what is left of a batch in which a record is bad: the next header tells where its index goes on.
    public bool TrySkipBatch()
    {
        if (_position.Remaining == 0)
            return false;
        Failure = null;
        _position = new WalkPosition(
            _position.BatchEnd, _position.NextIndex + _position.Remaining, _position.BatchNumber + 1, 0, _position.BatchEnd);
        return true;
    }

    private bool EnterBatch(ref WalkPosition at)
    {
        if (Failure is not null || at.Remaining != 0)
            return Failure is null;
        if (at.Offset >= limit)
            return false;

        if (_window.Take(at.Offset, BatchHeader.Size) is not { } bytes)
            return Fail("the file ends inside a batch header");
        if (!BatchHeader.TryParse(bytes.Span, segment.ChecksumSeed, at.Offset, out var header))
            return Fail("there is no sound batch header");
        if (header.Number != at.BatchNumber || header.FirstIndex != at.NextIndex)
            return Fail($"batch {header.Number} from record {header.FirstIndex} stands where batch {at.BatchNumber} belongs");
        if (header.End > limit)
            return Fail("the file ends inside a batch");

        Batch = header;
        at = new WalkPosition(at.Offset + BatchHeader.Size, header.FirstIndex, header.Number, header.Count, header.End);
        _position = at;
        return true;
    }

    private bool Load(long offset, long batchEnd, bool loadBody)
    {
        if (offset + RecordHeader.Size > batchEnd || _window.Take(offset, RecordHeader.Size) is not { } fixedPart)
            return Fail("the record's header passes the end of its batch");
        _record = RecordHeader.Parse(fixedPart.Span);
        // The limits come before the bytes: a flipped length must not make us read or allocate by it.
        if (_record.HeadBytes > RecordBatch.MaximumHeadBytes || _record.BodyBytes > RecordBatch.MaximumBodyBytes
            || offset + RecordHeader.Size + _record.HeadBytes + _record.BodyBytes > batchEnd)
            return Fail("the record's lengths pass the end of its batch");

        var headBytes = (int)_record.HeadBytes;
        var wanted = RecordHeader.Size + headBytes + (loadBody ? (int)_record.BodyBytes : 0);
        if (_window.Take(offset, wanted) is not { } bytes)
            return Fail("the file ends inside a record");
        if (!_record.HeadMatches(bytes.Span, bytes.Span.Slice(RecordHeader.Size, headBytes)))
            return Fail("the checksum of the record's head does not match");

        _bodyOffset = offset + RecordHeader.Size + headBytes;
        _head = bytes.Slice(RecordHeader.Size, headBytes);
        _body = bytes[(RecordHeader.Size + headBytes)..];
        return true;
    }

    private bool Advance(WalkPosition at)
    {
        var end = at.Offset + RecordHeader.Size + _record.HeadBytes + _record.BodyBytes;
        if (at.Remaining > 1)
            _position = at with { Offset = end, NextIndex = at.NextIndex + 1, Remaining = at.Remaining - 1 };
        else if (end != at.BatchEnd)
            return Fail("the records do not fill their batch");
        else
            _position = new WalkPosition(end, at.NextIndex + 1, at.BatchNumber + 1, 0, end);
        return true;
    }

    private bool Fail(string reason)
    {
        Failure = reason;
        return false;
    }
}
