namespace EdgeEnforcement.SegmentLog;

/// What is durable, as one immutable value: readers take it with one volatile read and never look past it.
internal sealed record LogSnapshot(SegmentEntry[] Segments, ulong EndIndex, long EndOffset)
{
    public ulong FirstIndex => Segments[0].Header.FirstIndex;

    /// The segment that holds a record, by binary search.
    public int Find(ulong index)
    {
        int low = 0, high = Segments.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Segments[middle].Header.FirstIndex <= index)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    public long EndOf(int segment) => segment == Segments.Length - 1 ? EndOffset : Segments[segment].Bytes;

    public ulong EndIndexOf(int segment) =>
        segment == Segments.Length - 1 ? EndIndex : Segments[segment + 1].Header.FirstIndex;
}
