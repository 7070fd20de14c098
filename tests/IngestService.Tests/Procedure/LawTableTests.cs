using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Procedure.Guards;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using EdgeEnforcement.IngestService.Tests.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Tests.Procedure;

/// <summary>docs/law.md against the guards in the code, their tests and the law base of the shipped rules.</summary>
public sealed partial class LawTableTests
{
    private static readonly string Root = Path.Combine(ProcedureRulesParserTests.Samples(), "..", "..");

    private static readonly string[] Sources =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src", "IngestService", "Procedure"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)];

    private static readonly Dictionary<string, (string[] Articles, string[] Tests)> Table = File.ReadLines(Path.Combine(Root, "docs", "law.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1].Trim('`'), cells => (cells[2].Split(", "), cells[4].Split(", ")));

    [Fact]
    public void Every_guard_of_the_code_stands_in_the_table_and_no_other()
    {
        string[] guards = [.. Sources.SelectMany(source => GuardName().Matches(source)).Select(match => match.Groups[1].Value).Distinct()];

        Assert.True(guards.Length > 100, $"only {guards.Length} were found");
        Assert.DoesNotContain(guards, guard => !Table.Keys.Any(name => Is(name, guard)));
        Assert.DoesNotContain(Table.Keys, name => !guards.Any(guard => Is(name, guard)));
    }

    [Fact]
    public void Every_deadline_that_holds_acts_back_stands_in_the_table_with_its_articles()
    {
        DeadlineRule[] holding = [.. KitRules.Shipped.Deadlines.Where(rule => rule.StartsWith.Count > 0 && rule.HeldActs.Count > 0)];

        Assert.NotEmpty(holding);
        Assert.All(holding, rule => Assert.Equal(rule.Articles, Table["CLOCK_" + rule.Id].Articles));
    }

    [Fact]
    public void Every_guard_has_a_test_that_is_there()
    {
        string[] classes = [.. typeof(LawTableTests).Assembly.GetTypes().Select(type => type.Name)];

        Assert.All(Table, row => Assert.All(row.Value.Tests, test => Assert.Contains(test, classes)));
        Assert.All(Table.Where(row => row.Value.Tests.Any(test => test.EndsWith("GuardCases", StringComparison.Ordinal))),
            row => Assert.Contains(row.Key, GuardTests.Tested));
        Assert.Empty(GuardTests.Tested.Except(Table.Keys));
    }

    [Fact]
    public void Every_article_that_code_or_table_cites_is_in_the_law_base_today()
    {
        string[] cited = [.. Sources.SelectMany(source => ArticleId().Matches(source)).Select(match => match.Groups[1].Value)
            .Concat(Table.Values.SelectMany(row => row.Articles).Where(article => ArticleId().IsMatch($"\"{article}\""))).Distinct()];

        Assert.True(cited.Length > 40, $"only {cited.Length} were found");
        Assert.DoesNotContain(cited, id => KitRules.Shipped.ArticleOn(id, new DateOnly(2026, 11, 29)) is null);
    }

    // "OFFICER_" and "CLOCK_" are ended by what failed.
    private static bool Is(string name, string guard) => guard.EndsWith('_') ? name.StartsWith(guard, StringComparison.Ordinal) : name == guard;

    [GeneratedRegex("(?:Require|Fail|Pass|Refused)\\((?:scope, )?\"([A-Z_]+)\"")]
    private static partial Regex GuardName();

    [GeneratedRegex("\"((?:APL|ACL|CQ|RTR|CPL|CTR|ARL|PSR|MSP)-[A-Z0-9-]+)\"")]
    private static partial Regex ArticleId();
}
