namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>
/// What the process is decided with besides the registers: law base, deadlines, domain profiles, lists and document templates, each with source and
/// validity. One JSON file, in force as a whole from its entry on (docs/formats/procedure-rules.md). Immutable.
/// </summary>
internal sealed record ProcedureRules
{
    // Every act asks for the rule of each clock: a search of all of them each time was most of its cost.
    private readonly Dictionary<string, DeadlineRule[]> _deadlinesById = [];

    /// <summary>Of the file; a version that was in force is never given to other content.</summary>
    public required string Version { get; init; }

    public required IReadOnlyList<LawArticle> Law { get; init; }

    public required IReadOnlyList<DeadlineRule> Deadlines
    {
        get;
        init
        {
            field = value;
            _deadlinesById = value.GroupBy(rule => rule.Id).ToDictionary(rules => rules.Key, rules => rules.ToArray());
        }
    }

    public required IReadOnlyList<DomainProfile> Profiles { get; init; }

    /// <summary>Points that a legal opinion answers, all of them (法制审核 8 项).</summary>
    public required IReadOnlyList<NamedCode> ReviewChecklist { get; init; }

    public required IReadOnlyList<NamedCode> LeadClosingReasons { get; init; }

    public required IReadOnlyList<NamedCode> SuspensionReasons { get; init; }

    public required IReadOnlyList<DocumentTemplate> Templates { get; init; }

    public required IReadOnlyList<AgencyNumbers> Agencies { get; init; }

    /// <summary>Null: the rules say nothing of alerts.</summary>
    public AlertRules? Alerts { get; init; }

    /// <summary>The article as it was in force on that day; null: none was.</summary>
    public LawArticle? ArticleOn(string id, DateOnly day) => Law.FirstOrDefault(article => article.Id == id && article.Holds(day));

    /// <summary>The domain's own, or that of "*".</summary>
    public DomainProfile? ProfileOf(string domain) =>
        Profiles.FirstOrDefault(profile => profile.Domain == domain) ?? Profiles.FirstOrDefault(profile => profile.Domain == "*");

    /// <summary>Deadlines that are in force on that day for that domain, each id once.</summary>
    public IEnumerable<DeadlineRule> DeadlinesOn(string domain, DateOnly day) => Deadlines
        .Where(rule => rule.Holds(day) && rule.IsFor(domain) && ReferenceEquals(rule, DeadlineOn(rule.Id, domain, day)));

    /// <summary>The rule of that deadline for that domain on that day: the domain's own before the common one.</summary>
    public DeadlineRule? DeadlineOn(string id, string domain, DateOnly day)
    {
        DeadlineRule? found = null;
        foreach (DeadlineRule rule in _deadlinesById.GetValueOrDefault(id, []))
        {
            if (rule.Holds(day) && rule.IsFor(domain) && (found is null || (rule.Domains.Contains(domain) && !found.Domains.Contains(domain))))
                found = rule;
        }

        return found;
    }
}
