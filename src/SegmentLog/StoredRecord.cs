namespace EdgeEnforcement.SegmentLog;

/// <summary>A record as read. Its memory is not reused: it may be kept, but it keeps its neighbours' bytes alive.</summary>
public readonly record struct StoredRecord
{
    public required RecordIndex Index { get; init; }

    public required ulong BatchNumber { get; init; }

    /// <summary>Proved by its checksum; a record whose head is damaged is not given out.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>To be used only if <see cref="BodyState"/> is <see cref="BodyState.Intact"/>.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public required BodyState BodyState { get; init; }

    public required string File { get; init; }

    /// <summary>Where the record's header begins.</summary>
    public required SegmentOffset Offset { get; init; }
}
