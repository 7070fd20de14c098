using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection;

/// <summary>One rule of a rule set, as validated. docs/formats/rule-set.md has every field.</summary>
public sealed record Rule
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required RuleKind Kind { get; init; }
    public required RuleEffect Effect { get; init; }
    public required Decider Decider { get; init; }
    public required AlertCategory Category { get; init; }
    public required AlertSeverity Severity { get; init; }

    /// <summary>MNs; the same rule watches each for itself.</summary>
    public required IReadOnlyList<string> Stations { get; init; }

    /// <summary>What an alert names as its target; part of its identity.</summary>
    public required string Target { get; init; }
    public required RuleSource Source { get; init; }
    public required RuleTerms Terms { get; init; }

    /// <summary>From the first instant of validFrom (Beijing time) to the first instant after validTo.</summary>
    public required DateTimeOffset ValidFrom { get; init; }
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>How long it must last by the readings' own times, to open and to end.</summary>
    public TimeSpan Hold { get; init; }
    public TimeSpan ClearHold { get; init; }

    /// <summary>An open episode is reported again at most this often.</summary>
    public TimeSpan UpdateEvery { get; init; }

    /// <summary>Where it begins in the file, from 1.</summary>
    public int Line { get; init; }

    /// <summary>Of the rule's content, whatever its layout: a rule that is unchanged keeps its state over a reload.</summary>
    public required Sha256Hash Fingerprint { get; init; }

    public bool IsInForce(DateTimeOffset at) => at >= ValidFrom && at < ValidUntil;
}
