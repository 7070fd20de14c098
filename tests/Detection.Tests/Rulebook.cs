using System.Text;

namespace EdgeEnforcement.Detection.Tests;

/// <summary>Rule files of a few lines, around the rules a test is about.</summary>
internal static class Rulebook
{
    public const string Station = "MN1";
    public const string Other = "MN2";

    public const string Stations = """
        { "mn": "MN1", "name": "一号排口", "gateway": "gw", "basin": "后河", "latitude": 29.7, "longitude": 106.5 },
        { "mn": "MN2", "name": "二号排口", "gateway": "gw", "basin": "后河" },
        { "mn": "MN3", "name": "三号排口", "gateway": "gw", "basin": "后河" },
        { "mn": "MN4", "name": "四号排口" }
        """;

    public static string File(string rules, string extra = "", string version = "1") =>
        $$"""
        { "format": 1, "id": "test", "version": "{{version}}", "stations": [ {{Stations}} ],
          {{extra}}
          "rules": [ {{rules}} ] }
        """;

    public static RuleSet Read(string rules, string extra = "", string version = "1")
    {
        var set = RuleSetParser.TryParse(Encoding.UTF8.GetBytes(File(rules, extra, version)), out var errors);
        Assert.True(set is not null, string.Join('\n', errors));
        return set;
    }

    public static string Rule(string id, string kind, string rest, string judges = "warning", string stations = "\"MN1\"", string source = "\"judgedPeriod\": \"day\"") =>
        $$"""
        { "id": "{{id}}", "title": "规则 {{id}}", "kind": "{{kind}}", "judges": "{{judges}}", "decider": "edge", "stations": [{{stations}}],
          "source": { "standard": "GB 18918-2002", {{source}} }, "validFrom": "2006-05-08", {{rest}} }
        """;

    public const string Cod = """ "factor": "w01018", "factorName": "化学需氧量", "unit": "mg/L", "comparison": "above", "limit": 50, """;

    /// <summary>COD above 50 mg/L.</summary>
    public static string Threshold(string period, string rest = "", string id = "cod", string judges = "warning", string stations = "\"MN1\"") =>
        Rule(id, "threshold", $"{Cod} \"period\": \"{period}\"{(rest.Length > 0 ? "," + rest : "")}", judges, stations, $"\"judgedPeriod\": \"{period}\"");
}
