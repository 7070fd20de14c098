namespace EdgeEnforcement.Evidence;

/// <summary>One entry's leaf (docs/formats/leaf.md): what is never deleted, and the commitment to what may lawfully be.</summary>
public sealed record Leaf
{
    public required LeafOrigin Origin { get; init; }

    /// <summary>1 P0, 2 P1, 3 P2.</summary>
    public required byte Class { get; init; }

    public LeafFlags Flags { get; init; }

    /// <summary>The number of the body field in <c>Record</c>; 0 for a quarantined envelope that cannot be read.</summary>
    public required ushort Type { get; init; }

    public required string Producer { get; init; }

    public required uint Epoch { get; init; }

    public required ulong Sequence { get; init; }

    public required uint EnvelopeLength { get; init; }

    /// <summary>Microseconds since 1970-01-01T00:00:00Z.</summary>
    public required long IngestTimeMicros { get; init; }

    public required Sha256Hash Commitment { get; init; }
}
