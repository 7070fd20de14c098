namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// One thing that was checked. Pending: there is nothing to check yet, which is no failure.
internal sealed record EvidenceStep(string Name, bool Passed, bool Pending, string Detail);
