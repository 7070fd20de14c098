namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

/// <summary>A case at one version of each of its streams: what an act is decided on.</summary>
internal sealed record CaseSnapshot(string CaseId, string Number, ulong LifecycleVersion, ulong EvidenceVersion);
