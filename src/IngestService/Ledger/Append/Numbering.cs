namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>One numbering with the places of its records in the segment that is still open.</summary>
internal sealed class Numbering(NumberingKey key, SequenceMarks marks)
{
    public NumberingKey Key { get; } = key;

    public SequenceMarks Marks { get; } = marks;

    /// <summary>Sequence to entry index; replaced at every seal.</summary>
    public Dictionary<ulong, ulong> Open { get; set; } = [];
}
