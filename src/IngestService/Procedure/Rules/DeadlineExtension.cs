using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>A lawful way to make a deadline longer.</summary>
/// <param name="MaxUnits">In the deadline's unit, all grants for this reason together.</param>
internal sealed record DeadlineExtension(NamedCode Reason, int MaxUnits, OfficerRole Approver);
