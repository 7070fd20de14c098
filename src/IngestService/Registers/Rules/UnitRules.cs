using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>Units and items.</summary>
internal static class UnitRules
{
    public static IEnumerable<RuleFault> Of(string id, OrganisationUnit unit, RuleScope scope)
    {
        foreach (RuleFault fault in FieldRules.Present(unit.Name, "name")
            .Concat(FieldRules.Known(unit.Level, "level")).Concat(FieldRules.Known(unit.Standing, "standing"))
            .Concat(scope.AllMissing(RegisterKind.Territory, unit.TerritoryIds, "territory_ids")))
            yield return fault;
        if (unit.Uscc.Length > 0 && Uscc.Fault(unit.Uscc) is { } uscc)
            yield return new RuleFault("uscc", uscc);
        if (unit.ParentId.Length == 0)
        {
            if (unit.Standing == UnitStanding.Internal)
                yield return new RuleFault("parent_id", "an internal unit belongs to one above it");
            yield break;
        }

        if (scope.Missing(RegisterKind.Unit, unit.ParentId, "parent_id") is { } missing)
            yield return missing;
        else if (LoopAt(id, scope) is { } loop)
            yield return new RuleFault("parent_id", loop);
        else if (scope.After.InForce(RegisterKind.Unit, unit.ParentId, scope.AsOf) is { } parent && parent.Change.Unit.Level > unit.Level)
            yield return new RuleFault("level", $"{unit.Level} cannot stand below {parent.Change.Unit.Level}");
    }

    public static IEnumerable<RuleFault> OfEnd(string id, RuleScope scope)
    {
        RegisterVersion[] below = [.. scope.After.OwnedBy(RegisterKind.Unit, id, scope.AsOf)];
        if (below.Length > 0)
            yield return new RuleFault("", $"units below it are still there: {string.Join(", ", below.Take(5).Select(unit => unit.Change.Id))}");
    }

    public static IEnumerable<RuleFault> Of(EnforcementItem item)
    {
        IEnumerable<RuleFault> faults = FieldRules.Present(item.Name, "name").Concat(FieldRules.Present(item.Domain, "domain"))
            .Concat(FieldRules.Period(item.FromDay, item.ThroughDay, "through_day"));
        if (item.Basis.Count == 0)
            faults = faults.Append(new RuleFault("basis", "an item without legal basis cannot be handled"));
        return faults.Concat(item.Basis.SelectMany(basis => FieldRules.Present(basis.Law, "basis").Concat(FieldRules.Present(basis.Article, "basis"))
            .Concat(FieldRules.Period(basis.FromDay, basis.ThroughDay, "basis"))));
    }

    /// Also at every later instant at which a planned version changes the tree.
    private static Said? LoopAt(string id, RuleScope scope)
    {
        IEnumerable<long> instants = scope.UnitInstants.Value.Where(from => from > scope.AsOf.AtMicros);
        foreach (long at in instants.Prepend(scope.AsOf.AtMicros))
        {
            RegisterAsOf asOf = scope.AsOf with { AtMicros = at };
            RegisterVersion? top = scope.After.UpFrom(id, asOf).LastOrDefault();
            if (top is { Change.Unit.ParentId: { Length: > 0 } above } && scope.After.UpFrom(id, asOf).Any(unit => unit.Change.Id == above))
                return $"the tree would loop on {CivilDay.ToText(CivilDay.Of(at))}: {string.Join(" → ", scope.After.UpFrom(id, asOf).Select(unit => unit.Change.Id))} → {above}";
        }

        return null;
    }
}
