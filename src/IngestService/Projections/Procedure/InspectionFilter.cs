using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <param name="UnitId">Of the plan; empty: any.</param>
/// <param name="State">UNSPECIFIED: any.</param>
/// <param name="OfficerId">Planned or present; empty: any.</param>
/// <param name="ObjectIds">Any of them; empty: whatever it is about.</param>
internal sealed record InspectionFilter(string UnitId, InspectionState State, string OfficerId, IReadOnlyCollection<string> ObjectIds);
