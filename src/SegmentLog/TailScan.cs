namespace EdgeEnforcement.SegmentLog;

/// Reads the last segment and finds where its sound part ends.
///
/// The sound part is a prefix of batches. What follows a bad batch at offset X was either never durable (a torn tail: several writes
/// may be under way at a power cut and the disk keeps any part of any of them) or was durable and is damaged. It is damage if
///   - a sound batch header anywhere behind it says that the segment was flushed beyond X when it was written, or
///   - its first record lies below the floor the owner knows, or
///   - the segment is sealed: it was flushed as a whole before the next file was created.
/// A body that is not intact is erased, or half erased by a crash, if a sound record behind it orders that (<see cref="ErasureReader"/>).
/// Where the owner gives no such reader, a body of zeros in a place known to have been durable is an erased one; elsewhere it is a page
/// that never reached the disk.
internal sealed class TailScan
{
    private const int PieceBytes = 1 << 20;

    private readonly IFile _file;
    private readonly SegmentEntry _segment;
    private readonly long _length;
    private readonly ulong _floor;
    private readonly bool _bodiesMustMatch;
    private readonly ErasureReader? _erasures;
    private readonly List<(ulong By, RecordRange Range)> _orders = [];
    private long _durableEnd;

    /// <param name="bodiesMustMatch">False for a reader that reports damaged bodies one by one.</param>
    /// <param name="erasures">Null where the owner tells nothing of erasures.</param>
    public TailScan(
        IFile file, SegmentEntry segment, bool sealedBefore, RecoveryFloor floor, bool bodiesMustMatch, ErasureReader? erasures = null)
    {
        _file = file;
        _segment = segment;
        _length = file.Length;
        _floor = floor.Index.Value;
        _bodiesMustMatch = bodiesMustMatch;
        _erasures = erasures;
        _durableEnd = sealedBefore ? _length : SegmentHeader.Size;
    }

    public long EndOffset { get; private set; }

    public ulong NextIndex { get; private set; }

    public ulong NextBatch { get; private set; }

    public CutTail? Cut { get; private set; }

    public void Run()
    {
        var suspects = new List<Suspect>();
        var walker = new SegmentWalker(_file, _segment, WalkPosition.StartOf(_segment.Header), _length, PieceBytes);
        var batchStart = walker.Position;
        while (true)
        {
            if (walker.Position.Remaining == 0)
                batchStart = walker.Position;
            if (!walker.TryRead(out var record))
                break;
            _durableEnd = Math.Max(_durableEnd, walker.Batch.DurableEnd);
            if (record.BodyState != BodyState.Intact && _bodiesMustMatch)
                suspects.Add(new Suspect(batchStart, record.Index.Value, record.Offset.Value, record.BodyState));
            else if (_erasures is not null && record.BodyState == BodyState.Intact)
                foreach (var range in _erasures(record))
                    _orders.Add((record.Index.Value, range));
        }

        End(batchStart);
        Suspect? bad = null;
        if (walker.Failure is not null)
        {
            var failed = walker.Position;
            bad = new Suspect(batchStart, failed.NextIndex, failed.Offset, BodyState.Damaged);
            FindLaterHeaders(batchStart);
        }
        if (Judge(suspects) is { } body)
            bad = body;
        if (bad is not { } cause)
            return;

        var reason = cause.Offset == walker.Position.Offset && walker.Failure is { } failure ? failure : BodyReason(cause.State);
        if (IsKnownDurable(cause.Batch))
            throw Damage(cause, reason);
        End(cause.Batch);
        Cut = new CutTail(
            _segment.Name, new SegmentOffset(EndOffset), _length - EndOffset, new RecordIndex(NextIndex), reason);
    }

    /// The first body that is neither intact nor lawfully gone. What is cut takes its orders with it, and they may be what excused an
    /// earlier body: hence the repetition, which only ever moves towards the front.
    private Suspect? Judge(List<Suspect> suspects)
    {
        Suspect? first = null;
        while (FirstUnlawful(suspects, ordersBelow: first?.Batch.NextIndex ?? ulong.MaxValue) is { } found
            && (first is null || found.Index < first.Value.Index))
            first = found;
        return first;
    }

    private Suspect? FirstUnlawful(List<Suspect> suspects, ulong ordersBelow)
    {
        foreach (var suspect in suspects)
            if (!IsLawful(suspect, ordersBelow))
                return suspect;
        return null;
    }

    private bool IsLawful(Suspect suspect, ulong ordersBelow)
    {
        if (_erasures is null)
            return suspect.State == BodyState.Zeroed && IsKnownDurable(suspect.Batch);
        foreach (var (by, range) in _orders)
            if (by < ordersBelow && suspect.Index < by && range.Contains(new RecordIndex(suspect.Index)))
                return true;
        return false;
    }

    private bool IsKnownDurable(WalkPosition batch) => batch.Offset < _durableEnd || batch.NextIndex < _floor;

    private void End(WalkPosition batch)
    {
        EndOffset = batch.Offset;
        NextIndex = batch.NextIndex;
        NextBatch = batch.BatchNumber;
    }

    /// Looks at every byte behind the sound part: batches there start anywhere if the lengths before them cannot be trusted.
    private void FindLaterHeaders(WalkPosition last)
    {
        var window = new byte[PieceBytes + BatchHeader.Size];
        for (var offset = last.Offset; offset < _length; offset += PieceBytes)
        {
            var bytes = window.AsSpan(0, _file.Read(window, offset));
            for (var at = 0; at < bytes.Length; at++)
            {
                var found = bytes[at..].IndexOf(BatchHeader.Magic);
                if (found < 0)
                    break;
                at += found;
                if (BatchHeader.TryParse(bytes[at..], _segment.ChecksumSeed, offset + at, out var header)
                    && header.Number >= last.BatchNumber)
                    _durableEnd = Math.Max(_durableEnd, header.DurableEnd);
            }
        }
    }

    private SegmentDamageException Damage(Suspect cause, string reason) =>
        new(_segment.Name, new SegmentOffset(cause.Offset), new RecordIndex(cause.Index), reason);

    private static string BodyReason(BodyState state) =>
        state == BodyState.Zeroed ? "the record's body is empty" : "the checksum of the record's body does not match";

    private readonly record struct Suspect(WalkPosition Batch, ulong Index, long Offset, BodyState State);
}
