namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// Reads records, one or in order, from any thread, beside the writer or without one. It never looks past what is durable.
/// </summary>
public sealed class SegmentReader : IDisposable
{
    // Just below the large object heap: 1 MiB pieces read as fast but cost a full collection every ten of them.
    private const int SequentialBytes = 80_000;
    private const int RandomBytes = 16 << 10;

    private readonly DurableState _state;
    private readonly SegmentCache _cache;
    private Func<RecordIndex, bool>? _isErased;

    internal SegmentReader(IFileSystem files, DurableState state)
    {
        _state = state;
        _cache = new SegmentCache(files);
    }

    /// <summary>The first record that is still there.</summary>
    public RecordIndex FirstIndex => new(_state.Snapshot.FirstIndex);

    /// <summary>Every record from <see cref="FirstIndex"/> to below here can be read.</summary>
    public RecordIndex DurableEnd => new(_state.Snapshot.EndIndex);

    /// <summary>Counts the last, open segment too.</summary>
    public int SegmentCount => _state.Snapshot.Segments.Length;

    /// <summary>The first record of each segment, in order; the last is the segment that is still written.</summary>
    public IReadOnlyList<RecordIndex> SegmentStarts =>
        Array.ConvertAll(_state.Snapshot.Segments, static s => new RecordIndex(s.Header.FirstIndex));

    public Guid LogId => _state.Snapshot.Segments[^1].Header.LogId;

    /// <summary>Set by <see cref="OpenReadOnly"/> if something follows the last valid batch.</summary>
    public CutTail? TornTail { get; private init; }

    /// <summary>
    /// Reads a directory without a writer and changes nothing in it. The end is the last valid batch there was on opening.
    /// </summary>
    public static SegmentReader OpenReadOnly(IFileSystem fs, string directory)
    {
        ArgumentNullException.ThrowIfNull(fs);
        var found = new SegmentDirectory(fs, directory);
        var segments = found.Load();
        if (segments.Count == 0)
            throw new FileNotFoundException($"There is no log in '{directory}'.");

        var last = segments[^1];
        using var file = fs.OpenExisting(last.Path, FileAccess.Read);
        var scan = new TailScan(file, last, sealedBefore: found.TornFile is not null, RecoveryFloor.None, bodiesMustMatch: false);
        scan.Run();
        var state = new DurableState(new LogSnapshot([.. segments], scan.NextIndex, scan.EndOffset));
        state.End(new InvalidOperationException("It was opened without a writer."));
        return new SegmentReader(fs, state) { TornTail = scan.Cut };
    }

    /// <exception cref="SegmentDamageException">The record's head, or its way there, is damaged.</exception>
    public StoredRecord Read(RecordIndex index)
    {
        var snapshot = Check(index);
        if (index.Value >= snapshot.EndIndex)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"Records are durable below {snapshot.EndIndex}.");
        var segment = Rent(snapshot, index.Value, out var limit);
        try
        {
            var walker = WalkTo(segment, index.Value, limit, RandomBytes);
            return walker.TryRead(out var record) ? Masked(record) : throw walker.Damage();
        }
        finally
        {
            _cache.Return(segment);
        }
    }

    /// <summary>
    /// The records from an index on, in order, up to what is durable now; at least one if there is one, then as many as the limits let.
    /// </summary>
    public IEnumerable<StoredRecord> ReadFrom(RecordIndex from, int maxCount = int.MaxValue, long maxBytes = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        return Enumerate(Check(from), from.Value, maxCount, maxBytes);
    }

    /// <summary>
    /// From now on the bodies of these records are given out as <see cref="BodyState.Erased"/> and empty, be they zeroed already, in the
    /// middle of it or not yet. The owner asks for it before the first byte is touched. May only ever cover more.
    /// </summary>
    public void HideErased(Func<RecordIndex, bool> isErased) => Volatile.Write(ref _isErased, isErased);

    private StoredRecord Masked(in StoredRecord record) =>
        Volatile.Read(ref _isErased) is { } isErased && isErased(record.Index) ? record with { Body = default, BodyState = BodyState.Erased } : record;

    private IEnumerable<StoredRecord> Enumerate(LogSnapshot snapshot, ulong next, int maxCount, long maxBytes)
    {
        while (next < snapshot.EndIndex)
        {
            var segment = Rent(snapshot, next, out var limit);
            try
            {
                var end = snapshot.EndIndexOf(snapshot.Find(next));
                // A short look ahead must not read much more than it needs.
                var piece = (int)Math.Clamp(Math.Min(maxBytes, maxCount * 4096L), RandomBytes, SequentialBytes);
                var walker = WalkTo(segment, next, limit, piece);
                for (; next < end; next++)
                {
                    if (!walker.TryRead(out var record))
                        throw walker.Damage();
                    yield return Masked(record);
                    maxBytes -= record.Head.Length + record.Body.Length;
                    if (--maxCount == 0 || maxBytes <= 0)
                        yield break;
                }
            }
            finally
            {
                _cache.Return(segment);
            }
        }
    }

    /// <summary>Returns when the record <paramref name="index"/> is durable, at once if it is.</summary>
    /// <exception cref="InvalidOperationException">The writer was closed or stopped, so it never will be.</exception>
    public ValueTask WaitForDurableAsync(RecordIndex index, CancellationToken cancellation) =>
        _state.Snapshot.EndIndex > index.Value ? ValueTask.CompletedTask : _state.WaitBeyondAsync(index.Value, cancellation);

    /// Where the bodies of a range lie; from the heads alone, so that it is the same before, during and after an erasure.
    internal List<RecordPlace> Locate(RecordRange range)
    {
        var snapshot = Check(range.First);
        if (range.Last.Value >= snapshot.EndIndex)
            throw new ArgumentOutOfRangeException(nameof(range), range, $"Records are durable below {snapshot.EndIndex}.");
        List<RecordPlace> places = [];
        for (var next = range.First.Value; next <= range.Last.Value;)
        {
            var segment = Rent(snapshot, next, out var limit);
            try
            {
                var end = Math.Min(range.Last.Value + 1, snapshot.EndIndexOf(snapshot.Find(next)));
                var walker = WalkTo(segment, next, limit, RandomBytes);
                for (; next < end; next++)
                    places.Add(walker.TrySkip() ? walker.Passed(segment.Segment.Path) : throw walker.Damage());
            }
            finally
            {
                _cache.Return(segment);
            }
        }
        return places;
    }

    private LogSnapshot Check(RecordIndex index)
    {
        var snapshot = _state.Snapshot;
        if (index.Value < snapshot.FirstIndex)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The log begins at record {snapshot.FirstIndex}.");
        return snapshot;
    }

    private OpenSegment Rent(LogSnapshot snapshot, ulong index, out long limit)
    {
        var place = snapshot.Find(index);
        limit = snapshot.EndOf(place);
        return _cache.Rent(snapshot.Segments[place], _state.Snapshot.FirstIndex);
    }

    private static SegmentWalker WalkTo(OpenSegment segment, ulong index, long limit, int pieceBytes)
    {
        var walker = new SegmentWalker(segment.File, segment.Segment, segment.PlaceBefore(index, limit), limit, pieceBytes);
        while (walker.Position.NextIndex < index)
            if (!walker.TrySkip() && !(walker.Position.NextIndex + walker.Position.Remaining <= index && walker.TrySkipBatch()))
                throw walker.Damage();
        return walker;
    }

    public void Dispose() => _cache.Dispose();
}
