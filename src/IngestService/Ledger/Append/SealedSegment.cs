namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>A segment that takes no more: entries First to Next - 1, and per numbering the span of sequences in it.</summary>
internal sealed record SealedSegment(ulong First, ulong Next, IReadOnlyDictionary<NumberingKey, SequenceRange> Ranges);
