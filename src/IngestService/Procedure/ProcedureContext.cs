using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Numbers;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>
/// What a decision reads besides the case: all of it is in the ledger below <see cref="Book"/>'s size, but for the instant. The same context
/// gives the same answer.
/// </summary>
/// <param name="Now">The instant of the decision.</param>
/// <param name="Book">Registers (people, units, devices, calendars).</param>
/// <param name="RulesEntry">Entry of <paramref name="Rules"/>.</param>
/// <param name="Rules">In force.</param>
/// <param name="Party">Earlier decisions about the party, of this service and of other agencies (一事不再罚, 首违).</param>
/// <param name="Manifests">Payload digests of the manifests an act names, by entry; absent: no manifest there.</param>
internal sealed record ProcedureContext(
    DateTimeOffset Now,
    RegisterBook Book,
    ulong RulesEntry,
    ProcedureRules Rules,
    IReadOnlyList<PartyDecision> Party,
    IReadOnlyDictionary<ulong, byte[]> Manifests)
{
    /// <summary>文号 that is free, for an act that takes one; the append fails, and is tried with the next, if it went to another in the same moment.</summary>
    public NumberOffer? OfferedNumber { get; init; }

    /// <summary>The pre-numbered form the act names, if it may be used.</summary>
    public NumberOffer? LeasedNumber { get; init; }

    /// <summary>Why the pre-numbered form the act names may not be used; empty: it may.</summary>
    public string LeasedNumberFault { get; init; } = "";

    /// <summary>Why the document of a scan may not be signed under its number any more; empty: it may.</summary>
    public string ScannedNumberFault { get; init; } = "";

    /// <summary>Where the other case of a merge or split stands; null: the act names none.</summary>
    public ProcedureState? LinkedState { get; init; }

    public RegisterAsOf AsOf => new(Micros.Of(Now));
}
