using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Cases.Procedure;

/// <summary>An act that is durable, or passed a dry run (then without receipt), or its refusal with every guard that failed.</summary>
internal sealed record ProcedureActResult(ActResult Act, ProcedureRefusal? Guards);
