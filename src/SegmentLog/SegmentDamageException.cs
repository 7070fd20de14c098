namespace EdgeEnforcement.SegmentLog;

/// <summary>Something that was durable is not there as it was written. The log must not be opened for writing.</summary>
public sealed class SegmentDamageException(string file, SegmentOffset offset, RecordIndex record, string reason)
    : IOException($"Segment '{file}' is damaged at offset {offset}, record {record}: {reason}")
{
    public string File { get; } = file;

    public SegmentOffset Offset { get; } = offset;

    public RecordIndex Record { get; } = record;

    public string Reason { get; } = reason;
}
