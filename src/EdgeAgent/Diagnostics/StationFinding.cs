namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// One difference between what lies on the station's disk and what was written there.
internal sealed record StationFinding(string File, long? Offset, string? Record, string What)
{
    public override string ToString() =>
        FormattableString.Invariant($"DIFFERENCE {File}") + (Offset is { } offset ? FormattableString.Invariant($" offset {offset}") : "")
        + (Record is { } record ? $" record {record}" : "") + $": {What}";
}
