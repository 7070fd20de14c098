using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Inspections;

/// <summary>What a decision on an inspection reads besides the inspection itself.</summary>
/// <param name="Law">Instant, registers and rules, as of any decision of the process.</param>
/// <param name="IsObjectKnown">The plan's object is in the objects' register; true where it names a place only.</param>
/// <param name="IsManifestKnown">The manifest that the act names is there; whether it was erased since is the sequencer's word.</param>
/// <param name="Earlier">Inspections of the same object that were begun within the profile's days, newest first; of PLAN and START.</param>
internal sealed record InspectionContext(ProcedureContext Law, bool IsObjectKnown, bool IsManifestKnown, IReadOnlyList<EarlierInspection> Earlier);
