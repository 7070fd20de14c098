using System.CommandLine;
using EdgeEnforcement.Detection;
using EdgeEnforcement.EdgeAgent.Detection;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `rules check`: validates a rule set as the agent would, and prints every error with its line. Exit code 0: it would be put in force;
/// 1: it would be refused.
internal static class RulesVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The rule set (JSON)" };
        var config = new Option<string?>("--config", "-c") { Description = "The agent's configuration: units are held against its stations" };
        var check = new Command("check", "Validates a rule set and prints every error") { file, config };
        check.SetAction((result, cancellation) => AgentClient.GuardAsync(() =>
            CheckAsync(result.GetRequiredValue(file), result.GetValue(config), cancellation)));
        return new Command("rules", "Looks at rule sets") { check };
    }

    private static async Task<int> CheckAsync(string file, string? config, CancellationToken cancellation)
    {
        if (!File.Exists(file))
            throw new InvalidDataException($"There is no rule file '{file}'.");
        var rules = RuleSetParser.TryParse(await File.ReadAllBytesAsync(file, cancellation), out var errors);
        if (rules is not null && config is not null)
            errors = StationUnits.Check(rules, AgentConfiguration.Load(config, []));
        foreach (var error in errors)
            Console.WriteLine($"{file}: {error}");
        Console.WriteLine(rules is null || errors.Count > 0
            ? FormattableString.Invariant($"REFUSED: {errors.Count} errors")
            : FormattableString.Invariant($"OK: {rules.Id} {rules.Version}, {rules.Rules.Count} rules over {rules.Stations.Count} stations, SHA-256 {rules.Sha256}"));
        return rules is null || errors.Count > 0 ? ExitCodes.Negative : ExitCodes.Ok;
    }
}
