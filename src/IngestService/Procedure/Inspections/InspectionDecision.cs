using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Inspections;

/// <summary>Exactly one of what goes into the ledger (of a plan still without id and number) and why not.</summary>
internal sealed record InspectionDecision(InspectionActed? Fact, ProcedureRefusal? Refusal);
