using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>Who gave whom what: conferral (赋权) and delegation (委托) of one item at one time to one unit would leave open in whose name it decides.</summary>
internal static class GrantRules
{
    public static IEnumerable<RuleFault> Of(string id, CompetenceGrant grant, RuleScope scope)
    {
        foreach (RuleFault fault in FieldRules.Known(grant.Basis, "basis").Concat(FieldRules.Period(grant.FromDay, grant.ThroughDay, "through_day"))
            .Concat(scope.AllMissing(RegisterKind.Item, grant.ItemIds, "item_ids"))
            .Concat(scope.AllMissing(RegisterKind.Territory, grant.TerritoryIds, "territory_ids")))
            yield return fault;
        if (grant.ItemIds.Count == 0)
            yield return new RuleFault("item_ids", "is empty");
        if (scope.Missing(RegisterKind.Unit, grant.UnitId, "unit_id") is { } unit)
            yield return unit;
        if (grant.Basis is GrantBasis.Conferred or GrantBasis.Delegated && grant.Document.Trim().Length == 0)
            yield return new RuleFault("document", "conferral and delegation are written: their document is missing");
        foreach (RuleFault fault in Delegation(grant, scope).Concat(Overlaps(id, grant, scope)))
            yield return fault;
    }

    private static IEnumerable<RuleFault> Delegation(CompetenceGrant grant, RuleScope scope)
    {
        if (grant.Basis != GrantBasis.Delegated)
        {
            if (grant.DelegatingUnitId.Length > 0)
                yield return new RuleFault("delegating_unit_id", "only a delegation has one who delegates");
            yield break;
        }

        if (scope.Missing(RegisterKind.Unit, grant.DelegatingUnitId, "delegating_unit_id") is { } missing)
            yield return missing;
        else if (grant.DelegatingUnitId == grant.UnitId)
            yield return new RuleFault("delegating_unit_id", "a unit does not delegate to itself");
        else if (scope.After.InForce(RegisterKind.Unit, grant.DelegatingUnitId, scope.AsOf)?.Change.Unit.Standing != UnitStanding.Agency)
            yield return new RuleFault("delegating_unit_id", "only an agency delegates (APL 20)");
    }

    private static IEnumerable<RuleFault> Overlaps(string id, CompetenceGrant grant, RuleScope scope)
    {
        DayPeriod period = DayPeriod.Of(grant.FromDay, grant.ThroughDay);
        foreach (RegisterVersion other in scope.After.OwnedBy(RegisterKind.Grant, grant.UnitId, scope.AsOf))
        {
            CompetenceGrant held = other.Change.Grant;
            if (other.Change.Id == id || !period.Meets(DayPeriod.Of(held.FromDay, held.ThroughDay)))
                continue;
            bool apart = grant.TerritoryIds.Count > 0 && held.TerritoryIds.Count > 0 && !grant.TerritoryIds.Intersect(held.TerritoryIds).Any();
            string[] both = apart ? [] : [.. grant.ItemIds.Intersect(held.ItemIds)];
            if (both.Length > 0)
                yield return new RuleFault("item_ids", $"{string.Join(", ", both.Take(5))} held already by grant {other.Change.Id} ({held.Basis}, {DayPeriod.Of(held.FromDay, held.ThroughDay)})");
        }
    }
}
