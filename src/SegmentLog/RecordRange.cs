namespace EdgeEnforcement.SegmentLog;

/// <summary>Records <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public readonly record struct RecordRange(RecordIndex First, RecordIndex Last)
{
    public bool Contains(RecordIndex index) => First <= index && index <= Last;
}
