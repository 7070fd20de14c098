using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.IngestService.Projections.Readings;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>
/// What the rule set in force at a station's producer draws into a chart: the limits of its rules on that value, whether or not an alert was
/// ever decided by them. Rules of change, silence and events have none.
/// </summary>
internal sealed class StationLimits(IReadingQueries readings, RuleSetShelf shelf)
{
    /// <param name="range">Which series, and when: a rule that was valid at no time of it is left out.</param>
    /// <param name="unit">Of the chart.</param>
    public IEnumerable<LimitLine> In(SeriesRange range, string unit)
    {
        if (readings.RuleSetInForce(range.Device) is not { } entry || shelf.Read(entry, out _) is not { } rules)
            return [];
        return rules.Rules.Where(rule => rule.Stations.Contains(range.Device) && IsValidIn(rule, range))
            .SelectMany(rule => rule.Terms.Limits
                .Where(of => of.Measure is { Value: ValueChoice.Value } measure && measure.Factor == range.Factor && measure.Period == range.Kind && measure.Unit == unit)
                .Select(of => ToLine(rule, rules, of.Measure, of.Limit)));
    }

    private static bool IsValidIn(Rule rule, SeriesRange range) =>
        rule.ValidFrom.ToUnixTimeMilliseconds() < range.To && rule.ValidUntil.ToUnixTimeMilliseconds() > range.From;

    private static LimitLine ToLine(Rule rule, RuleSet rules, Measure measure, Limit limit)
    {
        LimitLine line = new()
        {
            Limit = limit.Level, Unit = measure.Unit, Comparison = limit.Word, Rule = rule.Id, RuleVersion = rules.Version, Source = rule.Source.ToString(),
        };
        if (limit.Comparison == Comparison.Outside)
            line.UpperLimit = limit.Upper;
        return line;
    }
}
