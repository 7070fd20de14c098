using System.Text;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection.Tests.Rules;

public sealed class RuleSetParserTests
{
    [Fact]
    public void The_sample_is_a_rule_set_and_names_its_bytes()
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", "outlets-demo.json"));

        var set = RuleSetParser.TryParse(bytes, out var errors);

        Assert.Empty(errors);
        Assert.Equal(Sha256Hash.Of(bytes), set!.Sha256);
        Assert.Equal(System.Enum.GetValues<RuleKind>().Except([RuleKind.None, RuleKind.Quality]), set.Rules.Select(r => r.Kind).Distinct().Order());
        Assert.All(set.Rules, r => Assert.NotEqual("", r.Source.ToString()));
    }

    [Fact]
    public void The_demos_rules_are_a_rule_set()
    {
        var set = RuleSetParser.TryParse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", "demo.json")), out var errors);

        Assert.Empty(errors);
        Assert.NotEmpty(set!.Rules);
    }

    [Fact]
    public void Every_error_is_named_with_its_line()
    {
        var text = """
            {
              "format": 1, "id": "x", "version": "",
              "stations": [
                { "mn": "MN1", "latitude": 95, "longitude": 1 },
                { "mn": "MN1" }
              ],
              "maintenance": [ { "stations": ["MN9"], "from": "2026-11-28T08:00:00+08:00",
                "to": "2026-11-28T07:00:00+08:00", "reason": "r", "approvedBy": "z" } ],
              "rules": [
                { "id": "a", "title": "t", "kind": "threshold", "judges": "warning", "decider": "edge", "stations": ["MN2"],
                  "factor": "w01018", "period": "hour", "unit": "mg/L", "comparison": "above",
                  "limit": "fifty",
                  "clearLevel": 60, "hold": "5 minutes",
                  "source": {}, "validFrom": "2026-02-30", "limitt": 1 },
                { "id": "a", "title": "t", "kind": "no-such" }
              ]
            }
            """;

        Assert.Null(RuleSetParser.TryParse(Encoding.UTF8.GetBytes(text), out var errors));

        Assert.Equal(
            [
                (2, "version"), (4, "stations[0].latitude"), (5, "stations[1].mn"), (7, "maintenance[0].stations"), (8, "maintenance[0].to"),
                (10, "rules[0].stations"), (12, "rules[0].limit"), (13, "rules[0].clearLevel"), (13, "rules[0].hold"), (14, "rules[0].limitt"),
                (14, "rules[0].source"), (14, "rules[0].validFrom"), (15, "rules[1].decider"), (15, "rules[1].judges"), (15, "rules[1].kind"),
                (15, "rules[1].source"), (15, "rules[1].stations"), (15, "rules[1].validFrom"),
            ],
            errors.Select(e => (e.Line, e.Path)).Distinct().OrderBy(e => e.Line).ThenBy(e => e.Path, StringComparer.Ordinal));
        Assert.Contains(errors, e => e.ToString() == "line 12: rules[0].limit: must be a number");
    }

    [Theory]
    [InlineData("{\n \"format\": 1,\n oops }", 3)]
    [InlineData("{\n \"format\": 1", 2)]
    [InlineData("[]", 1)]
    [InlineData("", 1)]
    public void What_is_no_object_is_refused_with_its_line(string text, int line)
    {
        Assert.Null(RuleSetParser.TryParse(Encoding.UTF8.GetBytes(text), out var errors));

        Assert.Equal(line, Assert.Single(errors).Line);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_files_above_the_limit_are_refused()
    {
        Assert.Null(RuleSetParser.TryParse("{\"id\": \"\xff\xfe\"}"u8[..^1], out var torn));
        Assert.NotEmpty(torn);
        Assert.Null(RuleSetParser.TryParse([(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'1', (byte)'}'], out var noText));
        Assert.NotEmpty(noText);
        Assert.Null(RuleSetParser.TryParse(new byte[RuleSetParser.LargestBytes + 1], out var large));
        Assert.Contains("at most", Assert.Single(large).Reason);
    }

    // The field: COD is judged by its daily mean, an hourly mean may only warn.
    [Theory]
    [InlineData("threshold", "hour", "", "may only warn")]
    [InlineData("threshold", "day", "", null)]
    [InlineData("periods", "hour", "\"breaches\": 2, \"of\": 3,", "may only warn")]
    [InlineData("backfill", "minute", "\"outage\": \"00:10:00\",", "may only warn")]
    [InlineData("rate", "day", "", "finds no violation")]
    [InlineData("stuck", "day", "\"count\": 3,", "finds no violation")]
    public void What_the_law_judges_by_the_day_is_no_violation_by_the_hour(string kind, string period, string rest, string? reason)
    {
        var limit = kind == "stuck" ? "" : "\"comparison\": \"above\", \"limit\": 50,";
        var rule = Rulebook.Rule("r", kind, $"{rest} {limit} \"factor\": \"w01018\", \"unit\": \"mg/L\", \"period\": \"{period}\"", "violation");

        var set = RuleSetParser.TryParse(Encoding.UTF8.GetBytes(Rulebook.File(rule)), out var errors);

        Assert.Equal(reason is null, set is not null);
        if (reason is not null)
            Assert.Contains(reason, Assert.Single(errors).Reason);
    }

    [Fact]
    public void A_violation_without_the_period_its_source_judges_is_refused()
    {
        var rule = Rulebook.Rule("r", "threshold", Rulebook.Cod + "\"period\": \"day\"", "violation", source: "\"permit\": \"许可证\"");

        Assert.Null(RuleSetParser.TryParse(Encoding.UTF8.GetBytes(Rulebook.File(rule)), out var errors));
        Assert.Contains("judgedPeriod", Assert.Single(errors).Reason);
    }

    [Fact]
    public void A_factor_of_one_station_has_one_unit_in_all_rules()
    {
        var rules = Rulebook.Threshold("hour", id: "a") + "," + Rulebook.Threshold("day", id: "b").Replace("mg/L", "ug/L", StringComparison.Ordinal);

        Assert.Null(RuleSetParser.TryParse(Encoding.UTF8.GetBytes(Rulebook.File(rules)), out var errors));
        Assert.Contains("in one unit", Assert.Single(errors).Reason);
    }

    [Theory]
    [InlineData("quality-flag")]
    [InlineData("alert-storm")]
    [InlineData("manual")]
    [InlineData("Upper")]
    public void An_id_the_system_reports_under_is_refused(string id)
    {
        Assert.Null(RuleSetParser.TryParse(Encoding.UTF8.GetBytes(Rulebook.File(Rulebook.Threshold("hour", id: id))), out var errors));
        Assert.Equal("rules[0].id", Assert.Single(errors).Path);
    }

    [Fact]
    public void Layout_comments_and_order_do_not_change_a_rule_but_a_number_does()
    {
        var rule = Rulebook.Read(Rulebook.Rule("r", "threshold", "\"limit\": 50, \"comparison\": \"above\", \"factor\": \"f\", \"unit\": \"u\", \"period\": \"hour\"")).Rules[0];
        var moved = Rulebook.Read(Rulebook.Rule("r", "threshold", "// why\n \"period\":   \"hour\", \"unit\": \"u\", \"factor\": \"f\", \"comparison\": \"above\", \"limit\": 50")).Rules[0];
        var other = Rulebook.Read(Rulebook.Rule("r", "threshold", "\"limit\": 51, \"comparison\": \"above\", \"factor\": \"f\", \"unit\": \"u\", \"period\": \"hour\"")).Rules[0];

        Assert.Equal(rule.Fingerprint, moved.Fingerprint);
        Assert.NotEqual(rule.Fingerprint, other.Fingerprint);
    }

    // Whatever is done to the file: an answer, never an exception, and never a rule set beside errors.
    [Fact]
    public void Thousands_of_damaged_files_are_answered()
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", "outlets-demo.json"));
        var random = new Random(212);
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = whole.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:0"[random.Next(8)];
            var set = RuleSetParser.TryParse(bytes.AsSpan(0, random.Next(5) == 0 ? random.Next(bytes.Length) : bytes.Length), out var errors);

            Assert.Equal(errors.Count == 0, set is not null);
            Assert.All(errors, e => Assert.True(e.Line >= 1));
        }
    }
}
