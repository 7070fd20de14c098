using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection.Rules;

/// Reads one rule and holds it to the law: what a rule calls a violation must be the value its source judges.
internal static class RuleReader
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    // Names of what the engine and storm control report by themselves, and of what people report.
    private static readonly string[] TakenIds = [.. BuiltInRules.All, "manual"];

    public static Rule? Read(ObjectReader json, IReadOnlyDictionary<string, StationEntry> stations)
    {
        var id = json.Text("id", longest: 64);
        if (id.Length > 0 && (!id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or '_') || TakenIds.Contains(id)))
            json.Note("id", "must be of a-z, 0-9, '-', '.', '_', and not a name the system reports under");
        var kind = json.Choice("kind", RuleNames.Kinds);
        var effect = json.Choice("judges", RuleNames.Effects);
        var decider = json.Choice("decider", RuleNames.Deciders);
        var from = json.Date("validFrom", required: true);
        var to = json.Date("validTo", required: false);
        if (from is { } first && to is { } last && last < first)
            json.Note("validTo", "must not be before validFrom");
        var named = Stations(json, stations);
        var source = Source(json);
        var terms = TermsReader.Read(json, kind);
        var rule = terms is null ? null : new Rule
        {
            Id = id,
            Title = json.Text("title", longest: 120),
            Kind = kind,
            Effect = effect,
            Decider = decider,
            Category = json.Choice("category", RuleNames.Categories, CategoryOf(kind)),
            Severity = json.Choice("severity", RuleNames.Severities, AlertSeverity.Warning),
            Stations = named,
            Target = json.Text("target", terms.Measures is [var only] ? only.Factor : id, longest: 120),
            Source = source,
            Terms = terms,
            ValidFrom = Midnight(from ?? DateOnly.MinValue.AddDays(1)),
            ValidUntil = to is { } end && end < DateOnly.MaxValue ? Midnight(end.AddDays(1)) : DateTimeOffset.MaxValue,
            Hold = Held(json, kind, "hold"),
            ClearHold = Held(json, kind, "clearHold"),
            UpdateEvery = json.Duration("updateEvery", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            Line = json.Json.Line,
            Fingerprint = Fingerprint(json.Json),
        };
        // A kind nobody knows leaves nobody to ask for the rest.
        if (terms is null)
            return null;
        json.Text("note", "", longest: 2000);
        json.Finish();
        Judge(json, rule!); // there are terms
        return rule;
    }

    private static TimeSpan Held(ObjectReader json, RuleKind kind, string name)
    {
        var held = json.Duration(name, TimeSpan.Zero, TimeSpan.Zero);
        if (held > TimeSpan.Zero && kind is RuleKind.Missing or RuleKind.Tamper or RuleKind.Backfill)
            json.Note(name, $"has no meaning for a rule of kind {RuleNames.NameOf(RuleNames.Kinds, kind)}");
        return held;
    }

    private static void Judge(ObjectReader json, Rule rule)
    {
        if (rule.Effect != RuleEffect.Violation)
            return;
        if (rule.Kind is RuleKind.Rate or RuleKind.Missing or RuleKind.Stuck)
        {
            json.Note("judges", $"a rule of kind {RuleNames.NameOf(RuleNames.Kinds, rule.Kind)} finds no violation: no source sets a limit for it");
            return;
        }
        if (rule.Kind == RuleKind.Tamper)
            return;
        if (rule.Source.JudgedPeriod == ReadingKind.Unspecified)
        {
            json.Note("source", "a violation needs judgedPeriod: by which period's value does the source judge?");
            return;
        }
        foreach (var measure in rule.Terms.Measures.Where(m => m.Period != rule.Source.JudgedPeriod && m.Period != ReadingKind.Unspecified))
            json.Note(
                "judges",
                $"'{rule.Source}' judges the {RuleNames.NameOf(RuleNames.Periods, rule.Source.JudgedPeriod)} value of {measure.Factor}; "
                + $"a {RuleNames.NameOf(RuleNames.Periods, measure.Period)} value may only warn");
    }

    private static RuleSource Source(ObjectReader json)
    {
        if (json.Object("source", required: true) is not { } part)
            return new RuleSource("", "", "", ReadingKind.Unspecified);
        var source = new RuleSource(
            part.Text("standard", ""), part.Text("permit", ""), part.Text("article", ""),
            part.Choice("judgedPeriod", RuleNames.Periods, ReadingKind.Unspecified));
        if (source.Standard.Length + source.Permit.Length + source.Article.Length == 0)
            part.Note("names no standard, permit or article");
        part.Finish();
        return source;
    }

    private static string[] Stations(ObjectReader json, IReadOnlyDictionary<string, StationEntry> known)
    {
        var names = json.Texts("stations");
        if (names is ["*"])
            return [.. known.Keys];
        foreach (var name in names.Where(n => !known.ContainsKey(n)))
            json.Note("stations", $"'{name}' is not one of the stations of this file");
        foreach (var twice in names.GroupBy(n => n).Where(g => g.Count() > 1))
            json.Note("stations", $"'{twice.Key}' is there twice");
        return [.. names];
    }

    private static AlertCategory CategoryOf(RuleKind kind) => kind switch
    {
        RuleKind.Tamper => AlertCategory.Tamper,
        RuleKind.Missing or RuleKind.Stuck => AlertCategory.Device,
        _ => AlertCategory.Pollution,
    };

    private static DateTimeOffset Midnight(DateOnly date) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), Beijing).ToUniversalTime();

    private static Sha256Hash Fingerprint(LocatedJson json)
    {
        var text = new StringBuilder();
        json.WriteCanonical(text);
        return Sha256Hash.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
