namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// One stay of one recorder in one bay.
internal sealed class Docking(int bay, string bayPath, RecorderIdentity identity, ClockReading clock, string caseNumber)
{
    public int Bay { get; } = bay;

    public string BayPath { get; } = bayPath;

    public RecorderIdentity Identity { get; } = identity;

    /// A recorder that says nothing gets a name nobody else has, so that its chain is its own.
    public string Recorder { get; } = identity.Serial.Length > 0 ? identity.Serial : FormattableString.Invariant($"unknown@bay{bay}");

    public ClockReading Clock { get; } = clock;

    public string CaseNumber { get; } = caseNumber;

    public Dictionary<string, BayFile> Files { get; } = new(StringComparer.Ordinal);

    /// Empty, or why this recorder must never be wiped.
    public string AmberReason { get; set; } = "";

    /// Empty, or why files stay on this recorder for now: there is no room. Ends by itself.
    public string HeldReason { get; set; } = "";

    /// When the last listed file came into station custody.
    public DateTimeOffset? CopiedAt { get; set; }
}
