namespace EdgeEnforcement.SegmentLog;

/// A segment opened for reading, with the places of some of its records: one per 64 KiB, found as far as they were asked for.
internal sealed class OpenSegment(IFile file, SegmentEntry segment)
{
    private const int SpacingBytes = 64 << 10;
    private const int PieceBytes = 64 << 10;

    private readonly Lock _indexing = new();
    private readonly List<WalkPosition> _places = [WalkPosition.StartOf(segment.Header)];
    private WalkPosition _indexed = WalkPosition.StartOf(segment.Header);

    public IFile File => file;

    public SegmentEntry Segment => segment;

    /// Users of the file; owned by the reader's cache and changed under its lock only.
    public int UseCount { get; set; }

    public bool Evicted { get; set; }

    /// The nearest known place at or before a record. Damage on the way is left for the read itself to name.
    public WalkPosition PlaceBefore(ulong index, long limit)
    {
        lock (_indexing)
        {
            if (_indexed.NextIndex <= index && _indexed.Offset < limit)
                IndexUpTo(index, limit);
            int low = 0, high = _places.Count - 1;
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (_places[middle].NextIndex <= index)
                    low = middle;
                else
                    high = middle - 1;
            }
            return _places[low];
        }
    }

    private void IndexUpTo(ulong index, long limit)
    {
        var walker = new SegmentWalker(file, segment, _indexed, limit, PieceBytes);
        while (walker.Position.NextIndex <= index && (walker.TrySkip() || walker.TrySkipBatch()))
            if (walker.Position.Offset - _places[^1].Offset >= SpacingBytes)
                _places.Add(walker.Position);
        _indexed = walker.Position;
    }
}
