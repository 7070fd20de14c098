namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>One difference between what is there and what the segments say must be there.</summary>
internal sealed record Finding(string File, long? Offset, ulong? Index, string What)
{
    public override string ToString() =>
        $"DIFFERENCE {File}" + (Offset is { } offset ? $" offset {offset}" : "") + (Index is { } index ? $" entry {index}" : "") + $": {What}";
}
