namespace EdgeEnforcement.SegmentLog;

/// <summary>A record as read. Its memory is not reused: it may be kept, but it keeps its neighbours' bytes alive.</summary>
public readonly record struct StoredRecord(
    RecordIndex Index,
    ulong BatchNumber,
    ReadOnlyMemory<byte> Head,
    ReadOnlyMemory<byte> Body,
    BodyState BodyState,
    string File,
    SegmentOffset Offset);
