using EdgeEnforcement.Detection;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// What `status` shows of detection. RuleSet is empty while there is none in force; Refused says why RuleFile is not, if it is not. Open are the
/// newest of OpenCount.
internal sealed record DetectionSnapshot(
    string RuleSet, string Version, string Sha256, int Rules, int Watches, ulong Unread, int Held, ulong Decided, IReadOnlyList<string> Refused,
    string RuleFile, int OpenCount, IReadOnlyList<OpenEpisode> Open);
