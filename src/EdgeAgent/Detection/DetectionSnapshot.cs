namespace EdgeEnforcement.EdgeAgent.Detection;

/// What `status` shows of detection. RuleSet is empty while there is none in force; Refused says why the rule file is not, if it is not.
internal sealed record DetectionSnapshot(
    string RuleSet, string Version, string Sha256, int Rules, int Watches, ulong Unread, int Held, ulong Decided, IReadOnlyList<string> Refused);
