using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.Judging;

namespace EdgeEnforcement.Detection;

/// <summary>
/// Decides an alert again from nothing but what it quotes and the rule set it names: at the station, at the centre, before a court.
/// </summary>
public static class AlertRecomputation
{
    /// <param name="station">The source device of the alert's record.</param>
    /// <param name="alert">As it was sent; it has a basis.</param>
    /// <param name="rules">The rule set whose hash the basis names.</param>
    /// <param name="by">Which side decided it.</param>
    /// <returns>Each statement beside its recomputation; nothing where nothing can be recomputed (events, silence, parents).</returns>
    public static IReadOnlyList<RecomputedValue> Run(string station, FieldAlert alert, RuleSet rules, Decider by)
    {
        var found = new List<RecomputedValue>
        {
            new("rule set", Convert.ToHexStringLower(alert.Basis.RuleSetSha256.Span), rules.Sha256.ToString()),
        };
        if (rules.Rules.FirstOrDefault(r => r.Id == alert.Rule) is not { } rule || !rules.Stations.TryGetValue(station, out var entry))
        {
            found.Add(new("rule", alert.Rule, "not in the rule set"));
            return found;
        }
        found.Add(new("decider", by.ToString(), rule.Decider.ToString()));
        if (!Instant.IsKnown(alert.EpisodeStart) || alert.Basis.Readings.Any(q => q.Reading is not null && !Instant.AreSound(q.Reading)))
        {
            found.Add(new("times", "as stated", "no times of a calendar"));
            return found;
        }
        var context = new RuleContext(rules, rule, entry);
        found.Add(new("source", alert.Basis.RuleSource, rule.Source.ToString()));
        found.Add(new("episode", alert.EpisodeId, context.EpisodeIdOf(alert.EpisodeStart.ToDateTimeOffset())));
        if (AlertWriter.LimitOf(rule.Terms) is { } limit)
        {
            found.Add(new("limit", Number(alert.Basis.Limit), Number(limit.Level)));
            if (limit.Comparison == Comparison.Outside)
                found.Add(new("upper limit", Number(alert.Basis.UpperLimit), Number(limit.Upper)));
        }
        if (rule.Terms is RuleTerms.Backfill backfill)
            Add(found, alert, Backfilled(context, backfill, alert));
        else if (rule.Kind is not (RuleKind.Missing or RuleKind.Tamper))
            Judge(found, context, alert);
        return found;
    }

    /// <summary>What Run can say of an alert: its rule works on values that are quoted.</summary>
    public static bool IsPossible(FieldAlert alert, RuleSet rules) =>
        rules.Rules.Any(r => r.Id == alert.Rule && r.Kind is not (RuleKind.Missing or RuleKind.Tamper));

    private static void Judge(List<RecomputedValue> found, RuleContext context, FieldAlert alert)
    {
        Episode? over = null;
        var lane = new Lane(context, alert.Retrospective) { MayTell = static _ => true, Over = e => over = e };
        var said = new List<Decision>();
        foreach (var quote in alert.Basis.Readings.Where(q => q.Reading is not null))
        {
            var reading = Observation.Of(context.Station.Mn, quote.Reading, quote.Batch, quote.FrameSha256, DateTimeOffset.UnixEpoch);
            if (Usability.WhyNot(context.Rule, reading) is { } why)
                found.Add(new("usable", "true", why));
            lane.Feed(reading, said);
        }
        // The length of a run of which the middle is missing cannot be counted again.
        if (context.Rule.Kind == RuleKind.Stuck && alert.Basis.ReadingsLeftOut > 0)
            return;
        // An end for another reason than readings leaves the episode as the readings left it.
        var endedByReadings = alert.Phase == EpisodePhase.Cleared && !EndReasons.IsIn(alert.Description);
        found.Add(new("over", endedByReadings ? "true" : "false", lane.Episode is null && over is not null ? "true" : "false"));
        Add(found, alert, over ?? lane.Episode);
    }

    private static Episode Backfilled(RuleContext context, RuleTerms.Backfill terms, FieldAlert alert)
    {
        var episode = new Episode(alert.EpisodeStart.ToDateTimeOffset(), "") { Opened = true };
        foreach (var quote in alert.Basis.Readings.Where(q => q.Reading is not null))
        {
            var reading = Observation.Of(context.Station.Mn, quote.Reading, quote.Batch, quote.FrameSha256, DateTimeOffset.UnixEpoch);
            if (reading.Pick(terms.Measure.Value) is { } value && terms.Limit.Excess(value) is > 0 and var excess)
                episode.Add(value, excess, reading.PeriodEnd, quote);
        }
        return episode;
    }

    private static void Add(List<RecomputedValue> found, FieldAlert alert, Episode? episode)
    {
        found.Add(new("opened", "true", episode is { Opened: true } ? "true" : "false"));
        if (episode is null)
            return;
        found.Add(new("start", Time(alert.EpisodeStart.ToDateTimeOffset()), Time(episode.Start)));
        // Readings in the middle that are not quoted leave a count and a run's length open; the worst is always quoted.
        if (alert.Basis.ReadingsLeftOut == 0)
            found.Add(new("count", Number(alert.Count), Number(episode.Count)));
        if (alert.Basis.ReadingsLeftOut == 0 || alert.Basis.Comparison is "above" or "below" or "outside")
            found.Add(new("worst", Number(alert.WorstValue), Number(episode.Worst)));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
