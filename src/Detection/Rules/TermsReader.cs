using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Detection.Rules;

/// Reads what is particular to each kind of rule.
internal static class TermsReader
{
    private const int MostConditions = 8;
    private const int MostPeriods = 64; // kept as the bits of one number

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    /// Null when it was not even clear what to read; then something is noted.
    public static RuleTerms? Read(ObjectReader rule, RuleKind kind) => kind switch
    {
        RuleKind.Threshold => new RuleTerms.Threshold(Measure(rule), Limit(rule)),
        RuleKind.Rate => new RuleTerms.Rate(Measure(rule), Limit(rule), rule.Duration("per", Second, TimeSpan.FromHours(1)), rule.Duration("maxGap", Second, TimeSpan.FromHours(2))),
        RuleKind.Periods => Periods(rule),
        RuleKind.Stuck => Stuck(rule),
        RuleKind.Combined => Combined(rule),
        RuleKind.Missing => Missing(rule),
        RuleKind.Tamper => new RuleTerms.Tamper(Events(rule), rule.Duration("quiet", Second, HalfHour)),
        RuleKind.Backfill => new RuleTerms.Backfill(Measure(rule), Limit(rule), rule.Duration("outage", Second), rule.Duration("quiet", Second, HalfHour)),
        RuleKind.None or RuleKind.Quality => null,
        _ => throw new InvalidOperationException($"No such kind of rule: {kind}."),
    };

    private static Measure Measure(ObjectReader from)
    {
        var factor = from.Text("factor", longest: 32);
        return new Measure(
            factor,
            from.Text("factorName", factor, longest: 64),
            from.Choice("period", RuleNames.Periods),
            from.Choice("value", RuleNames.Values, ValueChoice.Value),
            from.Text("unit", longest: 32));
    }

    private static Limit Limit(ObjectReader from)
    {
        var comparison = from.Choice("comparison", RuleNames.Comparisons);
        var level = from.Number("limit");
        var outside = comparison == Comparison.Outside;
        if (!outside && from.Has("upperLimit"))
            from.Note("upperLimit", "belongs to comparison outside");
        if (!outside && from.Has("upperClearLevel"))
            from.Note("upperClearLevel", "belongs to comparison outside");
        var upper = outside ? from.Number("upperLimit") : from.Number("upperLimit", level);
        var limit = new Limit(comparison, level, upper, from.Number("clearLevel", level), from.Number("upperClearLevel", upper));
        if (outside && upper <= level)
            from.Note("upperLimit", "must be above limit");
        else if (comparison == Comparison.Above ? limit.Clear > level : limit.Clear < level)
            from.Note("clearLevel", comparison == Comparison.Above ? "must not be above limit" : "must not be below limit");
        else if (outside && (limit.ClearUpper > upper || limit.ClearUpper <= limit.Clear))
            from.Note("upperClearLevel", "must be above clearLevel and not above upperLimit");
        return limit;
    }

    private static RuleTerms.Periods Periods(ObjectReader rule)
    {
        var of = rule.Count("of", 1, MostPeriods);
        var breaches = rule.Count("breaches", 1, MostPeriods);
        if (breaches > of)
            rule.Note("breaches", "must not be more than of");
        return new RuleTerms.Periods(Measure(rule), Limit(rule), breaches, of);
    }

    private static RuleTerms.Stuck Stuck(ObjectReader rule)
    {
        var tolerance = rule.Number("tolerance", 0);
        if (tolerance < 0)
            rule.Note("tolerance", "must not be negative");
        return new RuleTerms.Stuck(Measure(rule), rule.Count("count", 2, 100_000), tolerance, rule.Numbers("ignore"));
    }

    private static RuleTerms.Combined Combined(ObjectReader rule)
    {
        var conditions = new List<(Measure, Limit)>();
        var parts = rule.Objects("conditions", required: true);
        foreach (var part in parts)
        {
            conditions.Add((Measure(part), Limit(part)));
            part.Finish();
        }
        if (parts.Count is 1 or > MostConditions)
            rule.Note("conditions", FormattableString.Invariant($"must be 2 to {MostConditions}"));
        return new RuleTerms.Combined(rule.Choice("match", RuleNames.Matches), conditions, rule.Duration("within", Second, TimeSpan.FromMinutes(10)));
    }

    private static RuleTerms.Missing Missing(ObjectReader rule)
    {
        var factor = rule.Text("factor", "", longest: 32);
        var period = rule.Choice("period", RuleNames.Periods, ReadingKind.Unspecified);
        if (factor.Length > 0 != (period != ReadingKind.Unspecified))
            rule.Note(factor.Length > 0 ? "factor" : "period", "factor and period are given together, or neither: then any reading of the station counts");
        return new RuleTerms.Missing(factor, period, rule.Duration("after", Second));
    }

    private static List<DeviceEventKind> Events(ObjectReader rule)
    {
        var kinds = new List<DeviceEventKind>();
        foreach (var name in rule.Texts("events"))
            if (RuleNames.Events.TryGetValue(name, out var kind))
                kinds.Add(kind);
            else
                rule.Note("events", $"'{name}' is none of {string.Join(", ", RuleNames.Events.Keys)}");
        return kinds;
    }
}
