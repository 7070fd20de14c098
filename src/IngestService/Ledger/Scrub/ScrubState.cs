using EdgeEnforcement.IngestService.Ledger.Verify;

namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>
/// How far a round has come: what the scrubber keeps across restarts. Root is that of the first Position entries as this round
/// hashed them; going on rests on it. Immutable; the newest one is what metrics and health show.
/// </summary>
internal sealed record ScrubState
{
    // A broken disk can differ everywhere; a hundred findings fit into a leaf and say enough.
    public const int KeptFindings = 100;

    public DateTimeOffset Started { get; init; }

    /// <summary>Null while the round is under way.</summary>
    public DateTimeOffset? Ended { get; init; }

    public ulong Position { get; init; }

    public string Root { get; init; } = "";

    public long Bytes { get; init; }

    public long MediaObjects { get; init; }

    public int FindingCount { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The last whole round's end and size; zero before the first.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    public ulong VerifiedSize { get; init; }

    public int VerifiedFindings { get; init; }

    /// <summary>Of the round under way, or of the last whole one: one that was found is there until a whole round finds nothing.</summary>
    public int Standing => Math.Max(FindingCount, VerifiedFindings);

    public ScrubState With(Finding finding) => this with
    {
        FindingCount = FindingCount + 1,
        Findings = Findings.Count < KeptFindings ? [.. Findings, finding] : Findings,
    };
}
