namespace EdgeEnforcement.SegmentLog;

internal readonly record struct RecordPlace(string Path, long BodyOffset, long BodyBytes);
