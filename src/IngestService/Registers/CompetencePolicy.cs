using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// "May this unit handle this item here on this date" (APL 17 to 24). An internal team acts by what the agency above it holds, in that
/// agency's name; conferral (赋权) makes the unit decide in its own name, delegation (委托) in the name of who delegated.
/// </summary>
internal static class CompetencePolicy
{
    public static GuardAnswer MayHandle(RegisterBook book, MayHandleRequest ask, RegisterAsOf asOf)
    {
        GuardSteps steps = new(asOf);
        List<RegisterVersion> up = [.. book.UpFrom(ask.UnitId, asOf)];
        RegisterVersion? unit = up.FirstOrDefault();
        if (!steps.Step("UNIT", unit is not null, unit is null ? Said.Of($"no unit {ask.UnitId} is in the register then") : unit.Change.Unit.Name, unit))
            return steps.End();
        RegisterVersion? item = book.InForce(RegisterKind.Item, ask.ItemId, asOf);
        bool listed = item is not null && DayPeriod.Of(item.Change.Item.FromDay, item.Change.Item.ThroughDay).Holds(asOf.Day);
        if (!steps.Step("ITEM", listed, item is null ? Said.Of($"no item {ask.ItemId} is in the register then")
            : listed ? item.Change.Item.Name : Said.Of($"{item.Change.Item.Name} is on the list {DayPeriod.Of(item.Change.Item.FromDay, item.Change.Item.ThroughDay)}"), item))
            return steps.End();

        List<LegalBasis> law = [.. item!.Change.Item.Basis.Where(basis => DayPeriod.Of(basis.FromDay, basis.ThroughDay).Holds(asOf.Day))];
        steps.Step("LAW", law.Count > 0, law.Count > 0
            ? string.Join("; ", law.Select(basis => $"《{basis.Law}》{basis.Article}")) : "no article it rests on is in force that day", item);
        return Granted(steps, book, ask, up, law, asOf);
    }

    private static GuardAnswer Granted(
        GuardSteps steps, RegisterBook book, MayHandleRequest ask, List<RegisterVersion> up, List<LegalBasis> law, RegisterAsOf asOf)
    {
        (RegisterVersion Grant, RegisterVersion Holder)[] grants = [.. Grants(book, ask.ItemId, up, asOf)];
        bool asksPlace = ask.TerritoryId.Length > 0 || ask.HasPoint;
        int reaching = Array.FindIndex(grants, given => !asksPlace || TerritoryPolicy.Reaches(book, given.Grant.Change.Grant, ask, asOf));
        if (grants.Length == 0)
        {
            steps.Step("GRANT", false, $"nobody gave {ask.UnitId} or the agency it belongs to item {ask.ItemId} for that day");
            return steps.End();
        }

        (RegisterVersion held, RegisterVersion holder) = grants[Math.Max(reaching, 0)];
        steps.Step("GRANT", true, Words(held.Change, holder.Change.Unit), held, holder);
        if (asksPlace)
            steps.Step("TERRITORY", reaching >= 0, reaching < 0 ? "the place lies outside of what it was given for" : Place(ask), held);
        return steps.End(answer =>
        {
            CompetenceGrant grant = held.Change.Grant;
            answer.Basis = grant.Basis;
            answer.InNameOfUnitId = grant.Basis == GrantBasis.Delegated ? grant.DelegatingUnitId : holder.Change.Id;
            answer.Law.AddRange(law);
        });
    }

    /// The unit's own first; then, for internal units, those of what they belong to, up to the first agency.
    private static IEnumerable<(RegisterVersion Grant, RegisterVersion Holder)> Grants(
        RegisterBook book, string itemId, List<RegisterVersion> up, RegisterAsOf asOf)
    {
        foreach (RegisterVersion holder in up)
        {
            foreach (RegisterVersion grant in book.OwnedBy(RegisterKind.Grant, holder.Change.Id, asOf))
            {
                if (grant.Change.Grant.ItemIds.Contains(itemId) && DayPeriod.Of(grant.Change.Grant.FromDay, grant.Change.Grant.ThroughDay).Holds(asOf.Day)
                    && (grant.Change.Grant.Basis != GrantBasis.Delegated || book.InForce(RegisterKind.Unit, grant.Change.Grant.DelegatingUnitId, asOf) is not null))
                    yield return (grant, holder);
            }

            if (holder.Change.Unit.Standing != UnitStanding.Internal)
                yield break;
        }
    }

    private static Said Words(RegisterChange given, OrganisationUnit holder) => given.Grant switch
    {
        { Basis: GrantBasis.Delegated } held => Said.Of($"{held.Basis} (委托) by {held.DelegatingUnitId}, in its name, {given.Id} {held.Document}, held by {holder.Name}"),
        var held => Said.Of($"{held.Basis}, {given.Id} {held.Document}, held by {holder.Name}"),
    };

    private static string Place(MayHandleRequest ask) => ask.TerritoryId.Length > 0
        ? ask.TerritoryId : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ask.Latitude:F6}, {ask.Longitude:F6}");
}
