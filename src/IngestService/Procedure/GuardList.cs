using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>Every guard an act met: all that fail are named, not the first only, each with its articles as in force on the day.</summary>
internal sealed class GuardList(ProcedureRules rules, DateOnly day)
{
    public List<PassedGuard> Passed { get; } = [];

    public List<FailedGuard> Failed { get; } = [];

    /// <param name="name">Stable, in docs/law.md.</param>
    /// <param name="holds">Whether the act may pass it.</param>
    /// <param name="wrong">Chinese: what is wrong.</param>
    /// <param name="satisfiedBy">Chinese: what would satisfy it.</param>
    /// <param name="articles">Ids of the rules' law base.</param>
    /// <returns>Whether it holds, so that guards that would look at nothing can be left out.</returns>
    public bool Require(string name, bool holds, string wrong, string satisfiedBy, params ReadOnlySpan<string> articles)
    {
        if (holds)
            Pass(name, "", [], articles);
        else
            Fail(name, wrong, satisfiedBy, articles);
        return holds;
    }

    public void Pass(string name, string detail, IEnumerable<ulong> entries, params ReadOnlySpan<string> articles)
    {
        PassedGuard guard = new() { Name = name, Detail = detail };
        foreach (string article in articles)
            guard.Articles.Add(article);
        guard.Entries.AddRange(entries.Distinct().Order());
        Passed.Add(guard);
    }

    public void Fail(string name, string wrong, string satisfiedBy, params ReadOnlySpan<string> articles)
    {
        FailedGuard guard = new() { Name = name, Detail = wrong, SatisfiedBy = satisfiedBy };
        foreach (string id in articles)
            guard.Articles.Add(Cited(id));
        Failed.Add(guard);
    }

    // An article that is not in force that day, or not in the rules, is still named: the refusal must not lose its ground to a gap in the data.
    private CitedArticle Cited(string id) => rules.ArticleOn(id, day) is { } article
        ? new CitedArticle
        {
            Id = id, Law = article.Law, Article = article.Article,
            FromDay = Text(article.From), ThroughDay = Text(article.Through),
        }
        : new CitedArticle { Id = id };

    private static string Text(DateOnly? day) => day is { } known ? Registers.CivilDay.ToText(known) : "";
}
