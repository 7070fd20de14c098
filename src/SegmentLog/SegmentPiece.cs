namespace EdgeEnforcement.SegmentLog;

/// <summary>A segment file, or its beginning: what a copy of a log up to some record is made of.</summary>
public readonly record struct SegmentPiece(string FileName, long Bytes);
