using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>What a change is judged against.</summary>
/// <param name="Before">The registers without the act.</param>
/// <param name="After">With all changes of the act in them: what comes together may name each other.</param>
/// <param name="AsOf">When the change begins to hold, knowing everything.</param>
/// <param name="Parties">Objects, which are not in the book.</param>
/// <param name="UnitInstants">At which versions of units begin, in <paramref name="After"/>; ascending.</param>
internal sealed record RuleScope(RegisterBook Before, RegisterBook After, RegisterAsOf AsOf, IPartyLookup Parties, Lazy<long[]> UnitInstants)
{
    public RuleFault? Missing(RegisterKind kind, string id, string field) =>
        id.Length == 0 ? new RuleFault(field, "is missing")
        : After.InForce(kind, id, AsOf) is null ? new RuleFault(field, $"no {kind} {id} is in force on {CivilDay.ToText(AsOf.Day)}")
        : null;

    public IEnumerable<RuleFault> AllMissing(RegisterKind kind, IEnumerable<string> ids, string field)
    {
        foreach (string id in ids)
        {
            if (Missing(kind, id, field) is { } fault)
                yield return fault;
        }
    }
}
