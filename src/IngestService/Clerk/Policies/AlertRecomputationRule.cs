using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// Decides an alert of the front end again: each reading it quotes against the record it names, each raw frame against its hash, the
/// decision itself by the rule set it names. What is not there is no difference: it is waited for, or named as the reason why not. Pure.
/// </summary>
internal static class AlertRecomputationRule
{
    public const string Id = "系统规则 alert-recomputation@1";

    /// <summary>docs/formats/rule-set.md, How readings are judged, 5.</summary>
    public const int MostQuoted = 64;

    // An alert may state anything; a fact has to fit into an entry.
    private const int LongestText = 200;

    /// <param name="report">The report that opened the alert.</param>
    /// <param name="cause">The entry with which this is decided.</param>
    /// <param name="rules">The rule set it names, where it came into force at its producer before it.</param>
    /// <param name="parsed">Null: it is not there, or this program cannot read it.</param>
    /// <param name="find">A record by its identity, as of the cause.</param>
    public static Record Decide(
        FrontEndReport report, Cause cause, RecordedState rules, RuleSet? parsed, Func<RecordIdentity, RecordedContent> find)
    {
        AlertBasis basis = report.Alert.Basis;
        AlertRecomputed fact = new()
        {
            AlertId = report.Alert.EpisodeId,
            Cause = cause,
            ReportIndex = report.EntryIndex,
            Report = report.Identity,
            RuleSetSha256 = basis.RuleSetSha256.Length <= LongestText ? basis.RuleSetSha256 : Google.Protobuf.ByteString.Empty,
        };
        if (ObstacleOf(rules, parsed) is { } obstacle)
            fact.Obstacles.Add(obstacle);

        List<(QuotedReading Quote, RecordedContent Content)> quotes = Find(basis, fact, find);
        if (fact.Obstacles.Contains(RecomputeObstacle.RuleSetMissing) || fact.Obstacles.Contains(RecomputeObstacle.RecordsMissing))
        {
            fact.Outcome = fact.Obstacles.Contains(RecomputeObstacle.Erased) ? RecomputeOutcome.NotPossible : RecomputeOutcome.Waiting;
            return new Record { AlertRecomputed = fact };
        }

        foreach ((QuotedReading quote, RecordedContent content) in quotes)
        {
            if (content.State == RecordedState.There)
                Hold(fact, QuoteComparison.Run(quote, content.Record));
        }
        if (basis.Readings.Count > MostQuoted)
            Hold(fact, [new RecomputedValue("quotes", basis.Readings.Count.ToString(CultureInfo.InvariantCulture), "at most 64")]);
        if (parsed is not null)
            Recompute(fact, report, parsed);
        fact.Outcome = fact.Differences.Count > 0 ? RecomputeOutcome.Different
            : fact.Obstacles.Count > 0 ? RecomputeOutcome.NotPossible : RecomputeOutcome.Same;
        return new Record { AlertRecomputed = fact };
    }

    private static RecomputeObstacle? ObstacleOf(RecordedState rules, RuleSet? parsed) => rules switch
    {
        RecordedState.Missing => RecomputeObstacle.RuleSetMissing,
        RecordedState.Erased => RecomputeObstacle.Erased,
        RecordedState.There => parsed is null ? RecomputeObstacle.RuleSetUnreadable : null,
        _ => throw new InvalidOperationException($"No such state: {rules}."),
    };

    private static List<(QuotedReading Quote, RecordedContent Content)> Find(
        AlertBasis basis, AlertRecomputed fact, Func<RecordIdentity, RecordedContent> find)
    {
        List<(QuotedReading, RecordedContent)> quotes = [];
        Dictionary<RecordIdentity, RecordedContent> found = [];
        foreach (QuotedReading quote in basis.Readings.Take(MostQuoted))
        {
            RecordIdentity identity = quote.Batch ?? new RecordIdentity();
            if (!found.TryGetValue(identity, out RecordedContent content))
            {
                found.Add(identity, content = find(identity));
                if (content.State != RecordedState.There)
                    Note(fact, identity, content.State);
            }
            quotes.Add((quote, content));
        }
        return quotes;
    }

    private static void Note(AlertRecomputed fact, RecordIdentity identity, RecordedState state)
    {
        fact.Missing.Add(identity);
        RecomputeObstacle obstacle = state == RecordedState.Missing ? RecomputeObstacle.RecordsMissing : RecomputeObstacle.Erased;
        if (!fact.Obstacles.Contains(obstacle))
            fact.Obstacles.Add(obstacle);
    }

    private static void Recompute(AlertRecomputed fact, FrontEndReport report, RuleSet rules)
    {
        bool hasRule = rules.Rules.Any(rule => rule.Id == report.Alert.Rule);
        if (hasRule ? AlertRecomputation.IsPossible(report.Alert, rules) : !BuiltInRules.All.Contains(report.Alert.Rule))
            Hold(fact, AlertRecomputation.Run(report.SourceDevice, report.Alert, rules, Decider.Edge));
        else
            fact.Obstacles.Add(RecomputeObstacle.NoValues);
    }

    private static void Hold(AlertRecomputed fact, IReadOnlyList<RecomputedValue> values)
    {
        fact.Compared += (uint)values.Count;
        fact.Differences.AddRange(values.Where(value => !value.IsSame).Select(value => new RecomputedStatement
        {
            Name = value.Name, Stated = Cut(value.Stated), Recomputed = Cut(value.Recomputed),
        }));
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…");
}
