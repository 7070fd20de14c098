namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// One thing that was checked. Waits: there is nothing to check yet, which is no failure.
internal sealed record EvidenceStep(string Name, EvidenceFinding Finding, string Detail);
