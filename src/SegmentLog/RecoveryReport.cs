namespace EdgeEnforcement.SegmentLog;

/// <summary>What <see cref="SegmentWriter.Open"/> found and did.</summary>
public sealed record RecoveryReport
{
    /// <summary>True if there was no log here and a new one was begun.</summary>
    public required bool Created { get; init; }

    public required RecordIndex FirstIndex { get; init; }

    public required RecordIndex NextIndex { get; init; }

    public required int SegmentCount { get; init; }

    /// <summary>Null after a clean end.</summary>
    public CutTail? Cut { get; init; }
}
