using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>Exactly one of what goes into the ledger and why not.</summary>
internal sealed record ProcedureDecision(ProcedureActed? Fact, ProcedureRefusal? Refusal);
