using System.Reflection;
using System.Text.RegularExpressions;

namespace EdgeEnforcement.Architecture.Tests;

public sealed partial class BoundaryTests
{
    // Module of IngestService -> modules it may name. Refusals, Hosting and Diagnostics are vocabulary; nothing points at Door.
    private static readonly Dictionary<string, string[]> AllowedInsideService = new()
    {
        ["Door"] = ["Ledger", "Cases", "Desk", "Media", "Projections", "Storage", "Clerk", "Registers"],
        ["Ledger"] = [],
        ["Projections"] = ["Ledger", "Storage", "Registers", "Procedure"],
        ["Registers"] = [],
        ["Procedure"] = ["Registers"],
        ["Clerk"] = ["Ledger", "Projections", "Storage", "Cases"],
        ["Cases"] = ["Ledger", "Projections", "Storage", "Media", "Registers", "Procedure"],
        ["Media"] = ["Ledger"],
        ["Backup"] = ["Ledger", "Media"],
        ["Desk"] = ["Projections", "Cases", "Ledger", "Storage", "Registers", "Procedure"],
        ["Storage"] = [],
        ["Refusals"] = [],
        ["Space"] = ["Ledger", "Media"],
        ["Diagnostics"] = ["Ledger", "Projections"],
    };

    private static readonly string[] Vocabulary = ["Refusals", "Hosting", "Diagnostics"];

    [Theory]
    [InlineData("edge-agent")]
    [InlineData("console")]
    public void Agent_and_console_meet_the_service_on_the_wire_only(string assembly)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name).ToList();

        Assert.Contains("EdgeEnforcement.Contracts", references);
        Assert.DoesNotContain("ingest", references);
    }

    [Fact]
    public void Modules_of_the_service_name_only_the_modules_they_may()
    {
        var strays = SourceTree.Files("src/IngestService")
            .SelectMany(path => StrayReferences(SourceTree.Relative(path), File.ReadAllText(path)))
            .ToList();

        Assert.Empty(strays);
    }

    [Fact]
    public void The_boundary_check_sees_a_stray_reference() =>
        Assert.NotEmpty(StrayReferences("src/IngestService/Ledger/X.cs", "using EdgeEnforcement.IngestService.Door.Grpc;"));

    [Fact]
    public void Storage_and_libraries_know_nothing_of_screens()
    {
        var strays = SourceTree.Files("src/IngestService", "src/EdgeAgent", "src/Evidence", "src/Detection", "src/SegmentLog")
            .Where(path => File.ReadAllText(path).Contains("Radzen", StringComparison.Ordinal))
            .Select(SourceTree.Relative);

        Assert.Empty(strays);
    }

    private static IEnumerable<string> StrayReferences(string relative, string text)
    {
        var parts = relative.Split('/');
        if (parts.Length < 4 || !AllowedInsideService.TryGetValue(parts[2], out var allowed))
            yield break;
        foreach (Match match in ServiceNamespace().Matches(text))
        {
            var named = match.Groups[1].Value;
            if (named != parts[2] && !Vocabulary.Contains(named) && !allowed.Contains(named))
                yield return $"{relative}: {parts[2]} may not name {named}";
        }
    }

    [GeneratedRegex(@"\bEdgeEnforcement\.IngestService\.(\w+)")]
    private static partial Regex ServiceNamespace();
}
