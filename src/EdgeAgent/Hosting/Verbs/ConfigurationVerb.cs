using System.CommandLine;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `configuration`: which remote version this station runs with and why it may, checked against the pinned ledger key without a network and
/// whether an agent runs or not. Exit code 0: proved, or there is none; 1: a proof does not hold.
internal static class ConfigurationVerb
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var set = CommonOptions.Set();
        var content = new Option<bool>("--content") { Description = "Writes the content of the version that runs, byte for byte, and nothing else" };
        var command = new Command("configuration", "Shows the remote configuration the station runs with and checks its proof, offline") { config, set, content };
        command.SetAction((result, _) => AgentClient.GuardAsync(() => Task.FromResult(
            Run(result.GetRequiredValue(config), result.GetValue(set) ?? [], result.GetValue(content)))));
        return command;
    }

    private static int Run(string config, string[] overrides, bool contentOnly)
    {
        var agent = AgentConfiguration.Load(config, overrides).GetSection(AgentOptions.Section).Get<AgentOptions>();
        if (string.IsNullOrEmpty(agent?.DataDirectory))
            throw new InvalidDataException($"'{config}' names no {AgentOptions.Section}:{nameof(AgentOptions.DataDirectory)}.");
        var (files, paths) = (new PhysicalFileSystem(), new AgentPaths(agent.DataDirectory));
        var store = new ConfigurationStore(files, paths);
        store.Look();
        var pin = new PinnedLedger(files, paths);
        pin.Look();
        if (contentOnly)
            return WriteContent(store.State.Current, pin.Current, agent.Producer);
        var proved = Show("runs with", store.State.Current, pin.Current, agent.Producer);
        if (store.State.Trial is not null)
        {
            Console.WriteLine(FormattableString.Invariant($"on trial: start {store.State.TrialStarts}, the centre has not answered yet"));
            proved &= Show("before it", store.State.Good, pin.Current, agent.Producer);
        }
        if (store.State.Faults.Count > 0)
            Console.WriteLine(FormattableString.Invariant($"version {store.State.SeenEntry} was not kept:"));
        foreach (var fault in store.State.Faults)
            Console.WriteLine("  " + fault);
        return proved ? ExitCodes.Ok : ExitCodes.Negative;
    }

    private static bool Show(string what, ConfigurationVersion? version, LedgerPin? pin, string producer)
    {
        if (version is null)
        {
            Console.WriteLine($"{what}: the local file alone");
            return true;
        }
        string? why = "this station was registered with no ledger";
        var content = pin is null ? null : ConfigurationProof.Open(version, pin, producer, out why);
        Console.WriteLine(FormattableString.Invariant($"{what}: version {version.Index} of {version.Origin}"));
        if (content is null)
        {
            Console.WriteLine("FAIL   PROOF  " + why);
            return false;
        }
        Console.WriteLine($"  \"{content.Label}\"  sha256 {Convert.ToHexStringLower(content.Sha256.Span)}"
            + (content.RepeatsEntry > 0 ? FormattableString.Invariant($"  repeats version {content.RepeatsEntry}") : ""));
        Console.WriteLine($"PASS   PROOF  registered for {producer}, in the tree of a checkpoint signed by {version.Origin}");
        return true;
    }

    private static int WriteContent(ConfigurationVersion? version, LedgerPin? pin, string producer)
    {
        if (version is null || pin is null || ConfigurationProof.Open(version, pin, producer, out _) is not { } content)
            return ExitCodes.Negative;
        using var output = Console.OpenStandardOutput();
        output.Write(content.Content.Span);
        return ExitCodes.Ok;
    }
}
