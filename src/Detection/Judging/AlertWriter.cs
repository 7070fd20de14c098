using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.Rules;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.Detection.Judging;

/// Writes one report about an episode, with everything that is needed to decide it again.
internal static class AlertWriter
{
    public static Decision Write(RuleContext context, Episode episode, EpisodePhase phase, bool late, string why)
    {
        var (set, rule, station) = context;
        var measure = MeasureOf(rule);
        var planned = episode.Maintenance.Length > 0;
        var basis = Basis(context, episode);
        basis.Explanation = Explanation.Of(context, episode, phase, late, why);
        var alert = new FieldAlert
        {
            EpisodeId = context.EpisodeIdOf(episode.Start),
            Phase = phase,
            Kind = planned ? AlertKind.Device : KindOf(rule.Effect),
            Severity = planned ? AlertSeverity.Info : rule.Severity,
            Rule = rule.Id,
            RuleVersion = set.Version,
            Target = rule.Target,
            Title = (planned ? "【计划检修】" : "") + $"{station.Name}：{rule.Title}",
            Description = basis.Explanation,
            EpisodeStart = Timestamp.FromDateTimeOffset(episode.Start),
            ObservedAt = Timestamp.FromDateTimeOffset(episode.LastEnd),
            Place = station.Place,
            Count = episode.Count,
            WorstValue = episode.Worst,
            Unit = measure?.Unit ?? UnitOf(rule.Kind),
            Retrospective = late,
            Basis = basis,
            ParentEpisodeId = planned ? episode.Maintenance : episode.Parent,
        };
        if (station is { Latitude: { } latitude, Longitude: { } longitude })
            alert.Position = new Position { Latitude = latitude, Longitude = longitude };
        return new Decision(station.Mn, alert, rule.Kind, rule.Category);
    }

    private static AlertBasis Basis(RuleContext context, Episode episode)
    {
        var (set, rule, _) = context;
        var basis = new AlertBasis
        {
            RuleSetSha256 = UnsafeByteOperations.UnsafeWrap(set.Sha256.ToArray()),
            RuleSetVersion = set.Version,
            RuleSource = rule.Source.ToString(),
            Comparison = ComparisonOf(rule.Terms),
            LimitUnit = MeasureOf(rule)?.Unit ?? UnitOf(rule.Kind),
        };
        switch (rule.Terms)
        {
            case RuleTerms.Missing missing:
                basis.Limit = missing.After.TotalMinutes;
                break;
            case RuleTerms.Stuck stuck:
                basis.Limit = stuck.Count;
                break;
            default:
                if (LimitOf(rule.Terms) is { } limit)
                {
                    basis.Limit = limit.Level;
                    if (limit.Comparison == Comparison.Outside)
                        basis.UpperLimit = limit.Upper;
                }
                break;
        }
        var (quotes, leftOut) = episode.Quotes.Read();
        basis.Readings.AddRange(quotes);
        basis.ReadingsLeftOut = leftOut;
        return basis;
    }

    public static Limit? LimitOf(RuleTerms terms) => terms switch
    {
        RuleTerms.Threshold t => t.Limit,
        RuleTerms.Rate t => t.Limit,
        RuleTerms.Periods t => t.Limit,
        RuleTerms.Backfill t => t.Limit,
        _ => null,
    };

    private static string ComparisonOf(RuleTerms terms) => terms switch
    {
        RuleTerms.Rate rate => "rate-" + rate.Limit.Word,
        RuleTerms.Stuck => "stuck",
        RuleTerms.Missing => "missing",
        RuleTerms.Tamper => "tamper",
        RuleTerms.Quality => "quality",
        RuleTerms.Combined combined => combined.All ? "all-of" : "any-of",
        _ => LimitOf(terms)?.Word ?? "",
    };

    // What stuck, missing, tamper and combined rules count is no value of the factor.
    private static Measure? MeasureOf(Rule rule) => rule.Kind is RuleKind.Stuck or RuleKind.Combined ? null : rule.Terms.Measures is [var only] ? only : null;

    private static string UnitOf(RuleKind kind) => kind switch
    {
        RuleKind.Missing => "min",
        RuleKind.Stuck => "readings",
        RuleKind.Tamper => "events",
        _ => "",
    };

    private static AlertKind KindOf(RuleEffect effect) => effect switch
    {
        RuleEffect.Violation => AlertKind.SuspectedViolation,
        RuleEffect.Warning => AlertKind.Warning,
        RuleEffect.Hazard => AlertKind.Hazard,
        RuleEffect.Device => AlertKind.Device,
        _ => throw new InvalidOperationException($"No such effect: {effect}."),
    };
}
