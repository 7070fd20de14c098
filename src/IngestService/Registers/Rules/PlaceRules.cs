using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>Calendars and territories.</summary>
internal static class PlaceRules
{
    public static IEnumerable<RuleFault> Of(string id, WorkingCalendar calendar)
    {
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int year) || year is < 1949 or > 9998 || id.Length != 4)
        {
            yield return new RuleFault("id", $"'{id}' is no year");
            yield break;
        }

        foreach (RuleFault fault in FieldRules.Present(calendar.Source, "source")
            .Concat(calendar.Holidays.SelectMany(day => OfDay(day, year, "holidays")))
            .Concat(calendar.MakeUpDays.SelectMany(day => OfDay(day, year, "make_up_days"))))
            yield return fault;
        foreach (string day in calendar.MakeUpDays)
        {
            if (CivilDay.TryParse(day, out DateOnly made) && made.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                yield return new RuleFault("make_up_days", $"{day} is a {made.DayOfWeek}: only weekends are made up");
        }

        foreach (string both in calendar.Holidays.Intersect(calendar.MakeUpDays))
            yield return new RuleFault("make_up_days", $"{both} is a holiday and a make-up day");
    }

    public static IEnumerable<RuleFault> Of(string id, Territory territory, RuleScope scope)
    {
        foreach (RuleFault fault in FieldRules.Present(territory.Name, "name").Concat(FieldRules.Known(territory.Kind, "kind")))
            yield return fault;
        if (!Geometry.TryParse(territory.GeoJson, out Geometry? geometry))
            yield return new RuleFault("geo_json", $"is no geometry of RFC 7946 with at most {Geometry.MostPositions} positions in WGS 84, rings closed");
        else if (geometry.IsArea ? territory.CorridorM != 0 : !(territory.CorridorM is > 0 and <= 10_000))
            yield return new RuleFault("corridor_m", geometry.IsArea ? "an area has no corridor" : "a line or point needs one, up to 10,000 m");
        if (territory.ParentId.Length == 0)
            yield break;
        if (scope.Missing(RegisterKind.Territory, territory.ParentId, "parent_id") is { } missing)
            yield return missing;
        else if (scope.After.AroundTerritory(id, scope.AsOf).LastOrDefault() is { Change.Territory.ParentId.Length: > 0 })
            yield return new RuleFault("parent_id", "territories would lie in each other");
    }

    private static IEnumerable<RuleFault> OfDay(string text, int year, string field) => FieldRules.Day(text, field)
        .Concat(CivilDay.TryParse(text, out DateOnly day) && day.Year != year ? [new RuleFault(field, $"{text} is not in {year}")] : []);
}
