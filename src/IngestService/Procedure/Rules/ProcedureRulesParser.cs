using System.Text.Json;
using EdgeEnforcement.Detection;
using EdgeEnforcement.Detection.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>Reads the rules of the process and checks them whole: either rules, or every error with its path. docs/formats/procedure-rules.md.</summary>
internal static class ProcedureRulesParser
{
    /// <summary>The file goes into one record of the ledger, which is at most 1 MiB.</summary>
    public const int LargestBytes = 900_000;

    private const int Format = 1;

    /// <param name="utf8">The file as it is.</param>
    /// <param name="errors">"deadlines[3].unit: must be one of ...", in the order of the file; empty when it may be used.</param>
    public static ProcedureRules? TryParse(ReadOnlySpan<byte> utf8, out IReadOnlyList<string> errors)
    {
        List<RuleSetError> noted = [];
        ProcedureRules? rules = Read(utf8, noted);
        errors = [.. noted.OrderBy(error => error.Line).Select(error => error.Path.Length > 0 ? $"{error.Path}: {error.Reason}" : error.Reason).Distinct()];
        return errors.Count == 0 ? rules : null;
    }

    private static ProcedureRules? Read(ReadOnlySpan<byte> utf8, List<RuleSetError> errors)
    {
        if (utf8.Length > LargestBytes)
        {
            errors.Add(new RuleSetError(1, "", FormattableString.Invariant($"the file has {utf8.Length} bytes, at most {LargestBytes} are possible")));
            return null;
        }

        LocatedJson json;
        try
        {
            json = LocatedJson.Read(utf8);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader answers text that is no UTF-8 in its own way.
            errors.Add(new RuleSetError(1, "", FormattableString.Invariant($"line {((e as JsonException)?.LineNumber ?? 0) + 1}: is no JSON: {e.Message}")));
            return null;
        }

        if (json.Type == JsonTokenType.StartObject)
            return Read(new ObjectReader(json, "", errors));
        errors.Add(new RuleSetError(json.Line, "", "must be an object"));
        return null;
    }

    private static ProcedureRules Read(ObjectReader root)
    {
        root.Count("format", Format, Format);
        ProcedureRules rules = new()
        {
            Version = root.Text("version", longest: 64),
            Law = Articles(root),
            Deadlines = [.. root.Objects("deadlines", required: true).Select(DeadlineReader.Read)],
            Profiles = [.. root.Objects("profiles", required: true).Select(ProfileReader.Read)],
            ReviewChecklist = RuleParts.Codes(root, "reviewChecklist", required: true),
            LeadClosingReasons = RuleParts.Codes(root, "leadClosingReasons", required: true),
            SuspensionReasons = RuleParts.Codes(root, "suspensionReasons", required: true),
            Templates = [.. root.Objects("templates", required: false).Select(TemplateReader.Read)],
            Agencies = Agencies(root),
            Alerts = root.Object("alerts", required: false) is { } alerts ? AlertRulesReader.Read(alerts) : null,
        };
        root.Finish();
        RuleCrossChecks.Run(root, rules);
        return rules;
    }

    private static List<LawArticle> Articles(ObjectReader root)
    {
        List<LawArticle> articles = [];
        foreach (ObjectReader json in root.Objects("law", required: true))
        {
            (DateOnly? from, DateOnly? through) = RuleParts.Period(json);
            articles.Add(new LawArticle(
                json.Text("id", longest: 32), json.Text("law", longest: 100), json.Text("article", longest: 40), from, through,
                json.Text("says", longest: 600), json.Text("source", longest: 200)));
            json.Finish();
        }

        return articles;
    }

    private static List<AgencyNumbers> Agencies(ObjectReader root)
    {
        List<AgencyNumbers> agencies = [];
        foreach (ObjectReader json in root.Objects("agencies", required: true))
        {
            AgencyNumbers agency = new(
                json.Text("unitId", longest: 64), json.Text("shortName", longest: 40), json.Text("code", longest: 16), json.Text("sealName", longest: 100));
            if (agencies.Any(known => known.UnitId == agency.UnitId))
                json.Note("unitId", $"'{agency.UnitId}' is there twice");
            if (agencies.Any(known => known.Code == agency.Code))
                json.Note("code", $"'{agency.Code}' is there twice: common numbers of two agencies would be the same");
            agencies.Add(agency);
            json.Finish();
        }

        return agencies;
    }
}
