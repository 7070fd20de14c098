using System.Text;
using System.Text.Json.Nodes;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Rules;

public sealed class ProcedureRulesParserTests
{
    [Fact]
    public void The_sample_is_taken_and_knows_its_values()
    {
        ProcedureRules rules = Parse(ReadSample());

        DeadlineRule ninety = rules.DeadlineOn("D-01", "river", new DateOnly(2026, 11, 29))!;
        Assert.Equal((90, DeadlineUnit.CalendarDays, ClockEffect.Block), (ninety.Period, ninety.Unit, ninety.Effect));
        Assert.Equal([ProcedureActKind.DecidePenalty, ProcedureActKind.DecideNoPenalty], ninety.HeldActs);
        Assert.Equal(DeadlineUnit.WorkingDays, rules.DeadlineOn("D-12", "traffic", new DateOnly(2026, 11, 29))!.Unit);
        Assert.Equal(DeadlineUnit.CalendarDays, rules.DeadlineOn("D-12", "urban", new DateOnly(2026, 11, 29))!.Unit);
        Assert.Equal(8, rules.ReviewChecklist.Count);
        Assert.Equal(5_000_000, rules.ProfileOf("river")!.HearingOn(PartyKind.Organisation, new DateOnly(2026, 11, 29))!.FromFen);
        Assert.Equal(7, rules.ProfileOf("urban")!.StepsFirst.Count);
        Assert.Equal("第五十八条", rules.ArticleOn("APL-58", new DateOnly(2026, 11, 29))!.Article);
        Assert.Null(rules.ArticleOn("APL-58", new DateOnly(2021, 7, 14)));
        Assert.Equal("*", rules.ProfileOf("forestry")!.Domain);
    }

    [Fact]
    public void All_deadlines_of_the_process_are_there()
    {
        ProcedureRules rules = Parse(ReadSample());

        Assert.Equal(4, rules.Alerts!.Times.Count); // D-27
        Assert.All(Enumerable.Range(1, 32).Where(number => number != 27), number => Assert.Contains(rules.Deadlines, rule => rule.Id == FormattableString.Invariant($"D-{number:D2}")));
        Assert.All(rules.Deadlines, rule => Assert.NotEmpty(rule.Source));
    }

    [Theory]
    [InlineData("deadlines[0].unit", "\"DAYS\"", "deadlines[0].unit: must be one of HOURS, WORKING_DAYS, CALENDAR_DAYS, MONTHS, YEARS")]
    [InlineData("deadlines[0].period", "0", "deadlines[0].period: must be a whole number from 1 to 3660")]
    [InlineData("deadlines[0].articles", "[\"APL-960\"]", "deadlines[0].articles: 'APL-960' is not in the law base of this file")]
    [InlineData("deadlines[0].colour", "1", "deadlines[0].colour: is not known here")]
    [InlineData("deadlines[0].domains", "[\"sea\"]", "deadlines[0].domains: 'sea' has no profile in this file")]
    [InlineData("deadlines[0].from", "\"2026-02-30\"", "deadlines[0].from: must be a date yyyy-MM-dd")]
    [InlineData("deadlines[0].effect", "\"ESCALATE\"", "deadlines[0].heldActs: only BLOCK and OPENS hold acts back")]
    [InlineData("deadlines[0].dueFromAct", "true", "deadlines[0].dueFromAct: FILE names no due instant")]
    [InlineData("law[0].through", "\"2000-01-01\"", "law[0].through: lies before from")]
    [InlineData("law[1].id", "\"APL-8\"", "law[1].id: 'APL-8' is in force twice on the same day")]
    [InlineData("profiles[1].domain", "\"river\"", "profiles[1].domain: 'river' is there twice")]
    [InlineData("reviewChecklist[1].code", "\"subject\"", "reviewChecklist[1].code: 'subject' is there twice")]
    [InlineData("agencies[1].code", "\"YBSL\"", "agencies[1].code: 'YBSL' is there twice: common numbers of two agencies would be the same")]
    [InlineData("alerts.night.until", "\"24:00\"", "alerts.night.until: must be a time HH:mm")]
    [InlineData("alerts.closedAlertSample.percent", "101", "alerts.closedAlertSample.percent: must be a whole number from 0 to 100")]
    [InlineData("alerts.acknowledge[1].severity", "\"CRITICAL\"", "alerts.acknowledge[1].severity: 'CRITICAL' is there twice")]
    [InlineData("alerts.acknowledge[0].source", "null", "alerts.acknowledge[0].source: must be a text")]
    [InlineData("law[0].source", "null", "law[0].source: must be a text")]
    public void One_slip_is_named_with_its_path(string path, string value, string error)
    {
        JsonNode file = Sample();
        Set(file, path, JsonNode.Parse(value));

        Assert.Null(ProcedureRulesParser.TryParse(Bytes(file), out IReadOnlyList<string> errors));
        Assert.Contains(error, errors);
    }

    [Fact]
    public void An_unknown_act_is_named_with_its_place_in_the_list()
    {
        JsonNode file = Sample();
        Set(file, "deadlines[0].startsWith", new JsonArray("FILE", "DANCE"));

        Assert.Null(ProcedureRulesParser.TryParse(Bytes(file), out IReadOnlyList<string> errors));
        Assert.StartsWith("deadlines[0].startsWith[1]: 'DANCE' is not one of SUBMIT_EVIDENCE, ", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_come_together()
    {
        JsonNode file = Sample();
        Set(file, "deadlines[0].unit", "DAYS");
        Set(file, "law[0].says", "");
        file.AsObject().Remove("suspensionReasons");

        Assert.Null(ProcedureRulesParser.TryParse(Bytes(file), out IReadOnlyList<string> errors));
        Assert.Equal(3, errors.Count);
    }

    [Fact]
    public void Two_forms_of_a_kind_in_one_domain_on_one_day_are_refused_and_one_after_the_other_is_not()
    {
        JsonNode file = Sample();
        file["templates"] = new JsonArray(Template("a", "2026-01-01", "2026-06-30"), Template("b", "2026-07-01", "2026-12-31"));
        Assert.NotNull(ProcedureRulesParser.TryParse(Bytes(file), out _));
        file["templates"]!.AsArray().Add(Template("c", "2026-12-31", "2027-12-31"));

        Assert.Null(ProcedureRulesParser.TryParse(Bytes(file), out IReadOnlyList<string> errors));
        Assert.Equal(["templates[2].kind: 'b' is of the same kind, in one domain, on the same day"], errors);
    }

    [Theory]
    [InlineData("[]", "must be an object")]
    [InlineData("{", "line 1: is no JSON: ")]
    [InlineData("\u0080", "line 1: is no JSON: ")]
    public void What_is_no_file_of_rules_is_an_error_and_no_exception(string text, string begins)
    {
        Assert.Null(ProcedureRulesParser.TryParse(Encoding.Latin1.GetBytes(text), out IReadOnlyList<string> errors));
        Assert.StartsWith(begins, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_too_large_for_a_record_is_not_looked_into()
    {
        Assert.Null(ProcedureRulesParser.TryParse(new byte[ProcedureRulesParser.LargestBytes + 1], out IReadOnlyList<string> errors));
        Assert.Equal(["the file has 900001 bytes, at most 900000 are possible"], errors);
    }

    internal static byte[] ReadSample() => File.ReadAllBytes(Path.Combine(Samples(), "chongqing.json"));

    internal static string Samples()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeEnforcement.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "samples", "procedure");
    }

    private static ProcedureRules Parse(byte[] utf8)
    {
        ProcedureRules? rules = ProcedureRulesParser.TryParse(utf8, out IReadOnlyList<string> errors);
        Assert.Empty(errors);
        return rules!;
    }

    private static JsonNode Sample() =>
        JsonNode.Parse(ReadSample(), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;

    private static byte[] Bytes(JsonNode file) => Encoding.UTF8.GetBytes(file.ToJsonString());

    private static JsonObject Template(string id, string from, string through) => new()
    {
        ["id"] = id, ["version"] = "1", ["kind"] = "PENALTY_NOTICE", ["title"] = "告知书", ["html"] = "<p>\n{{facts}}</p>", ["from"] = from, ["through"] = through, ["source"] = "test",
    };

    // "deadlines[0].unit"
    private static void Set(JsonNode file, string path, JsonNode? value)
    {
        string[] parts = path.Split(['[', ']', '.'], StringSplitOptions.RemoveEmptyEntries);
        JsonNode at = parts[..^1].Aggregate(file, (node, part) =>
            int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out int index) ? node[index]! : node[part]!);
        at[parts[^1]] = value;
    }
}
