namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>What holds of one field, whatever it belongs to.</summary>
internal static class FieldRules
{
    public static IEnumerable<RuleFault> Present(string value, string field) =>
        value.Trim().Length == 0 ? [new RuleFault(field, "is missing")] : [];

    public static IEnumerable<RuleFault> Known<T>(T value, string field)
        where T : struct, Enum =>
        Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) == 0 || !Enum.IsDefined(value)
            ? [new RuleFault(field, "is none of the values there are")] : [];

    /// <summary>Both days readable, and not the last before the first.</summary>
    public static IEnumerable<RuleFault> Period(string fromDay, string throughDay, string field)
    {
        bool from = fromDay.Length == 0 || CivilDay.TryParse(fromDay, out _);
        bool through = throughDay.Length == 0 || CivilDay.TryParse(throughDay, out _);
        if (!from)
            yield return new RuleFault(field, $"'{fromDay}' is no day (2026-11-28)");
        if (!through)
            yield return new RuleFault(field, $"'{throughDay}' is no day (2026-11-28)");
        if (from && through && fromDay.Length > 0 && throughDay.Length > 0 && DayPeriod.Of(fromDay, throughDay) is var period && period.Through < period.From)
            yield return new RuleFault(field, $"it ends on {throughDay}, before it begins on {fromDay}");
    }

    public static IEnumerable<RuleFault> Day(string day, string field) =>
        CivilDay.TryParse(day, out _) ? [] : [new RuleFault(field, $"'{day}' is no day (2026-11-28)")];

    /// <summary>An instant each, the second after the first.</summary>
    public static IEnumerable<RuleFault> Span(long? from, long? until, string field) =>
        from is null || until is null ? [new RuleFault(field, "needs its beginning and its end")]
        : until <= from ? [new RuleFault(field, "ends before it begins")]
        : [];

    /// <summary>No two of them hold on one day.</summary>
    public static IEnumerable<RuleFault> Apart<T>(IReadOnlyList<T> things, Func<T, DayPeriod> period, Func<T, string> name, string field)
    {
        for (int i = 1; i < things.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (period(things[i]).Meets(period(things[j])))
                    yield return new RuleFault(field, $"{name(things[i])} ({period(things[i])}) overlaps {name(things[j])} ({period(things[j])})");
            }
        }
    }
}
