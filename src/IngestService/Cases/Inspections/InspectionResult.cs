using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Cases.Inspections;

/// <summary>An act that is durable, or passed a dry run (then without receipt), with what it was warned of; or its refusal with every guard that failed.</summary>
internal sealed record InspectionResult(ActResult Act, string Number, IReadOnlyList<EarlierInspection> Earlier, ProcedureRefusal? Guards);
