using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// What a rule of the centre decided becomes an alert as a report of the front end does; the fact carries the decision itself, as no entry of
/// the field does. Its author is that rule. Pure.
/// </summary>
internal static class CentreAlertRule
{
    /// <param name="decided">By one entry, in this order.</param>
    /// <param name="cause">That entry.</param>
    /// <param name="isOpen">Alerts opened before it.</param>
    public static IEnumerable<Record> Decide(IReadOnlyList<Decision> decided, ClerkCause cause, Func<string, bool> isOpen)
    {
        HashSet<string> opened = [];
        foreach (Decision decision in decided)
        {
            FieldAlert alert = decision.Alert;
            bool isKnown = isOpen(alert.EpisodeId) || !opened.Add(alert.EpisodeId);
            foreach (Record fact in AlertOpeningRule.Decide(alert, cause with { SourceDevice = decision.SourceDevice }, isKnown))
                yield return Sign(fact, alert);
        }
    }

    private static Record Sign(Record fact, FieldAlert alert)
    {
        string rule = $"系统规则 {alert.Rule}@{alert.RuleVersion}";
        if (fact.AlertOpened is { } opened)
            (opened.Cause.Rule, opened.Decision) = (rule, alert);
        else
            (fact.AlertUpdated.Cause.Rule, fact.AlertUpdated.Decision) = (rule, alert);
        return fact;
    }
}
