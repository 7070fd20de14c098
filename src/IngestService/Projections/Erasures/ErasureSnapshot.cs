using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Erasures;

/// <summary>An erasure at one version of its stream: what an act is decided on. The approver is that of the first approval.</summary>
internal sealed record ErasureSnapshot(ErasureRequested Request, ulong RequestIndex, ErasureState State, ulong Version, Actor? Approver);
