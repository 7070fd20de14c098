namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// Which records' bodies a record orders to be erased; empty for nearly all. A log whose owner gives one knows lawful zeros from
/// damage: a body that is not intact must be covered by an order that stands behind it.
/// </summary>
public delegate IReadOnlyList<RecordRange> ErasureReader(StoredRecord record);
