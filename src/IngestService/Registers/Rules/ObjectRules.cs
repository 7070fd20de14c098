using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

internal static class ObjectRules
{
    private const string ResidentCard = "居民身份证";

    private static readonly HashSet<string> SubjectKinds = ["case", "lead", "alert", "inspection", "media"];

    public static IEnumerable<RuleFault> Of(string id, EnforcementObject known, RuleScope scope)
    {
        foreach (RuleFault fault in FieldRules.Known(known.Kind, "kind").Concat(Own(known)))
            yield return fault;
        if (known.TerritoryId.Length > 0 && scope.Missing(RegisterKind.Territory, known.TerritoryId, "territory_id") is { } missing)
            yield return missing;
        foreach ((string number, string field) in Numbers(known))
        {
            (string Id, ulong Entry) taken = scope.Parties.ByNumber(number).FirstOrDefault(other =>
                other.Id != id && scope.Parties.Find(RegisterKind.Object, other.Id)?.InForce(scope.AsOf)?.Entry == other.Entry);
            if (taken.Id is not null)
                yield return new RuleFault(field, $"is the number of object {taken.Id} already: merge, do not enter twice");
        }
    }

    public static IEnumerable<RuleFault> Of(string id, ObjectMerge merge, RuleScope scope)
    {
        if (id != merge.FromObjectId)
            yield return new RuleFault("id", "a merge is kept under the object that is merged: it goes into one other");
        foreach (RuleFault fault in Objects(scope, (merge.FromObjectId, "from_object_id"), (merge.IntoObjectId, "into_object_id")))
            yield return fault;
        HashSet<string> met = [merge.FromObjectId];
        for (string next = merge.IntoObjectId; ;)
        {
            if (!met.Add(next))
            {
                yield return new RuleFault("into_object_id", "they would be merged in a circle");
                yield break;
            }

            if (scope.Parties.Find(RegisterKind.ObjectMerge, next)?.InForce(scope.AsOf) is not { } further)
                yield break;
            next = further.Change.ObjectMerge.IntoObjectId;
        }
    }

    public static IEnumerable<RuleFault> Of(ObjectLink link, RuleScope scope) => Objects(scope, (link.ObjectId, "object_id"))
        .Concat(FieldRules.Present(link.SubjectId, "subject_id")).Concat(FieldRules.Known(link.Part, "part"))
        .Concat(SubjectKinds.Contains(link.SubjectKind) ? [] : [new RuleFault("subject_kind", $"is none of {string.Join(", ", SubjectKinds)}")]);

    public static IEnumerable<RuleFault> Of(PenaltyRecord penalty, RuleScope scope) => Objects(scope, (penalty.ObjectId, "object_id"))
        .Concat(FieldRules.Present(penalty.CaseId, "case_id")).Concat(FieldRules.Present(penalty.ItemId, "item_id"))
        .Concat(FieldRules.Day(penalty.ActFromDay, "act_from_day")).Concat(FieldRules.Day(penalty.DecidedDay, "decided_day"))
        .Concat(FieldRules.Period(penalty.ActFromDay, penalty.ActThroughDay, "act_through_day")).Concat(FieldRules.Present(penalty.DecidedBy, "decided_by"));

    /// <summary>By which an object is found exactly; one that is empty finds nothing.</summary>
    public static IEnumerable<(string Number, string Field)> Numbers(EnforcementObject known) =>
        new[] { (known.IdentityNumber, "identity_number"), (known.Uscc, "uscc"), (known.Plate, "plate"), (known.VesselNumber, "vessel_number") }
            .Where(number => number.Item1.Length > 0);

    private static IEnumerable<RuleFault> Own(EnforcementObject known)
    {
        if (known.Kind != ObjectKind.Vehicle && known.Name.Trim().Length == 0)
            yield return new RuleFault("name", "is missing");
        if (known.Kind == ObjectKind.Vehicle && known.Plate.Trim().Length == 0)
            yield return new RuleFault("plate", "is missing");
        if (known.Uscc.Length > 0 && Uscc.Fault(known.Uscc) is { } uscc)
            yield return new RuleFault("uscc", uscc);
        if (known.IdentityNumber.Length > 0 && known.IdentityType.Length == 0)
            yield return new RuleFault("identity_type", "is missing");
        if (known.IdentityNumber.Contains('*', StringComparison.Ordinal))
            yield return new RuleFault("identity_number", "is masked: it is written in full, or left as it is shown");
        else if (known.IdentityType == ResidentCard && IdentityNumber.Fault(known.IdentityNumber) is { } number)
            yield return new RuleFault("identity_number", number);
    }

    private static bool IsInForce(string id, RuleScope scope) => scope.Parties.Find(RegisterKind.Object, id)?.InForce(scope.AsOf) is not null;

    private static IEnumerable<RuleFault> Objects(RuleScope scope, params IEnumerable<(string Id, string Field)> objects) => objects
        .Where(named => !IsInForce(named.Id, scope)).Select(named => new RuleFault(named.Field, $"no object {named.Id} is in the register"));
}
