namespace EdgeEnforcement.SegmentLog;

/// A place between two records of a segment. Remaining is 0 at a batch header, where BatchNumber is the one to come.
internal readonly record struct WalkPosition(long Offset, ulong NextIndex, ulong BatchNumber, uint Remaining, long BatchEnd)
{
    public static WalkPosition StartOf(SegmentHeader header) =>
        new(SegmentHeader.Size, header.FirstIndex, header.FirstBatch, 0, SegmentHeader.Size);
}
