namespace EdgeEnforcement.SegmentLog;

/// <summary>The torn end that recovery took away: it was never reported durable.</summary>
public sealed record CutTail(string File, SegmentOffset Offset, long Bytes, RecordIndex FirstLost, string Reason);
