using EdgeEnforcement.Detection.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>What no object of the file can know by itself. Paths are those of the later of two that do not go together.</summary>
internal static class RuleCrossChecks
{
    public static void Run(ObjectReader root, ProcedureRules rules)
    {
        Profiles(root, rules);
        Law(root, rules);
        Deadlines(root, rules);
        Templates(root, rules);
    }

    private static void Profiles(ObjectReader root, ProcedureRules rules)
    {
        for (int i = 0; i < rules.Profiles.Count; i++)
        {
            if (rules.Profiles.Take(i).Any(known => known.Domain == rules.Profiles[i].Domain))
                root.Note(At("profiles", i, "domain"), $"'{rules.Profiles[i].Domain}' is there twice");
        }

        if (rules.Profiles.Count > 0 && rules.Profiles.All(profile => profile.Domain != "*"))
            root.Note("profiles", "there is none for '*', every other domain");
    }

    private static void Law(ObjectReader root, ProcedureRules rules)
    {
        for (int i = 0; i < rules.Law.Count; i++)
        {
            LawArticle article = rules.Law[i];
            if (rules.Law.Take(i).Any(known => known.Id == article.Id && RuleParts.Meet((known.From, known.Through), (article.From, article.Through))))
                root.Note(At("law", i, "id"), $"'{article.Id}' is in force twice on the same day");
        }
    }

    private static void Deadlines(ObjectReader root, ProcedureRules rules)
    {
        HashSet<string> articles = [.. rules.Law.Select(article => article.Id)];
        for (int i = 0; i < rules.Deadlines.Count; i++)
        {
            DeadlineRule rule = rules.Deadlines[i];
            if (rules.Deadlines.Take(i).Any(known => known.Id == rule.Id && known.Domains.Intersect(rule.Domains).Any()
                && RuleParts.Meet((known.From, known.Through), (rule.From, rule.Through))))
                root.Note(At("deadlines", i, "id"), $"'{rule.Id}' is in force twice on the same day in one domain");
            foreach (string id in rule.Articles.Where(id => !articles.Contains(id)))
                root.Note(At("deadlines", i, "articles"), $"'{id}' is not in the law base of this file");
            Domains(root, rules, At("deadlines", i, "domains"), rule.Domains);
        }
    }

    private static void Templates(ObjectReader root, ProcedureRules rules)
    {
        for (int i = 0; i < rules.Templates.Count; i++)
        {
            DocumentTemplate template = rules.Templates[i];
            if (rules.Templates.Take(i).Any(known => known.Id == template.Id && known.Version == template.Version))
                root.Note(At("templates", i, "id"), $"'{template.Id}' {template.Version} is there twice");
            if (rules.Templates.Take(i).FirstOrDefault(known => known.Kind == template.Kind && known.Domains.Intersect(template.Domains).Any()
                && RuleParts.Meet((known.From, known.Through), (template.From, template.Through))) is { } other)
                root.Note(At("templates", i, "kind"), $"'{other.Id}' is of the same kind, in one domain, on the same day");
            if (template.NumberPattern.Length > 0
                && rules.Templates.Take(i).FirstOrDefault(known => known.Kind != template.Kind && known.NumberPattern == template.NumberPattern) is { } same)
                root.Note(At("templates", i, "numberPattern"), $"is that of '{same.Id}', another kind: two documents would carry one number");
            Domains(root, rules, At("templates", i, "domains"), template.Domains);
        }
    }

    private static void Domains(ObjectReader root, ProcedureRules rules, string path, IReadOnlyList<string> domains)
    {
        foreach (string domain in domains.Where(domain => rules.Profiles.All(profile => profile.Domain != domain)))
            root.Note(path, $"'{domain}' has no profile in this file");
    }

    private static string At(string list, int index, string field) => FormattableString.Invariant($"{list}[{index}].{field}");
}
