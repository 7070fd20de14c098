using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Which cases a worklist holds.</summary>
/// <param name="Kind">By role.</param>
/// <param name="OfficerId">With MINE.</param>
/// <param name="UnitId">Empty: any.</param>
/// <param name="Domain">Empty: any.</param>
/// <param name="NowMicros">With OVERDUE.</param>
internal sealed record WorkFilter(WorkListKind Kind, string OfficerId, string UnitId, string Domain, long NowMicros);
