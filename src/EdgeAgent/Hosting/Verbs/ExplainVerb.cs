using System.CommandLine;
using System.Text;
using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `explain`: decides an alert again from the readings it quotes and the rule set it names, and holds both against the station's disk,
/// whether an agent runs or not. Exit code 0: everything is the same; 1: something differs, or there is no such alert.
internal static class ExplainVerb
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var set = CommonOptions.Set();
        var alert = new Argument<string>("alert") { Description = "The episode's id, or its beginning" };
        var command = new Command("explain", "Decides an alert again and shows what it rests on; needs no running agent") { config, set, alert };
        command.SetAction((result, _) => AgentClient.GuardAsync(() => Task.FromResult(
            Run(result.GetRequiredValue(config), result.GetValue(set) ?? [], result.GetRequiredValue(alert)))));
        return command;
    }

    private static int Run(string config, string[] overrides, string alert)
    {
        var root = AgentConfiguration.Load(config, overrides)[$"{AgentOptions.Section}:{nameof(AgentOptions.DataDirectory)}"];
        if (string.IsNullOrEmpty(root))
            throw new InvalidDataException($"'{config}' names no {AgentOptions.Section}:{nameof(AgentOptions.DataDirectory)}.");
        var (files, paths) = (new PhysicalFileSystem(), new AgentPaths(root));
        if (!files.Exists(paths.SigningKey))
            throw new InvalidDataException($"There is no station in '{paths.Root}'.");
        using var key = SigningKey.FromPem(Encoding.ASCII.GetString(AtomicFile.Read(files, paths.SigningKey) ?? []));
        var archive = new AlertArchive(files, paths);
        var reports = archive.Reports(alert);
        var explanation = new AlertExplanation(archive, key.Spki, Console.WriteLine);
        foreach (var report in reports)
            explanation.Explain(report);
        Console.WriteLine(
            reports.Count == 0 ? $"VERDICT UNKNOWN: no rule of this station decided an alert {alert}"
            : explanation.Differences > 0 ? FormattableString.Invariant($"VERDICT DIFFERENT: {explanation.Differences} statements do not hold")
            : explanation.Missing > 0 ? FormattableString.Invariant($"VERDICT SAME, as far as it can be seen here: {explanation.Missing} readings or rules are not on this disk")
            : "VERDICT SAME");
        return reports.Count > 0 && explanation.Differences == 0 ? ExitCodes.Ok : ExitCodes.Negative;
    }
}
