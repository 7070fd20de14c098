namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Typed at the dock, for the next recorder in this bay.
internal sealed record CaseNumberRequest(string CaseNumber);
