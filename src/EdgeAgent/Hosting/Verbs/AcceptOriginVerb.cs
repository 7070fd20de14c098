using System.CommandLine;
using System.Text;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `accept-origin`: the custodian's word that the centre's ledger may go on under the origin the agent has seen. The key is given by hand, as
/// the centre published it: that is the point of it. A running agent takes it up within a second, a stopped one when it starts.
internal static class AcceptOriginVerb
{
    public static Command Create()
    {
        var key = new Argument<string>("vkey") { Description = "The new origin's verifier key, as the centre published it" };
        var config = new Option<string?>("--config", "-c") { Description = "The agent's configuration file (JSON)" };
        var set = CommonOptions.Set();
        var data = new Option<string?>("--data") { Description = "The agent's data directory, instead of a configuration file" };
        var command = new Command("accept-origin", "Accepts the origin under which the centre's ledger goes on after a restore") { key, config, set, data };
        command.SetAction((result, _) => AgentClient.GuardAsync(() => Task.FromResult(
            Run(Root(result.GetValue(data), result.GetValue(config), result.GetValue(set) ?? []), result.GetRequiredValue(key)))));
        return command;
    }

    private static string Root(string? data, string? config, string[] overrides)
    {
        if (!string.IsNullOrEmpty(data))
            return data;
        if (string.IsNullOrEmpty(config))
            throw new InvalidDataException("Give --config FILE or --data DIR.");
        var root = AgentConfiguration.Load(config, overrides)[$"{AgentOptions.Section}:{nameof(AgentOptions.DataDirectory)}"];
        return string.IsNullOrEmpty(root)
            ? throw new InvalidDataException($"'{config}' names no {AgentOptions.Section}:{nameof(AgentOptions.DataDirectory)}.")
            : root;
    }

    private static int Run(string root, string verifierKey)
    {
        var files = new PhysicalFileSystem();
        var paths = new AgentPaths(root);
        var pin = new PinnedLedger(files, paths);
        pin.Open();
        if (pin.Current is not { } known)
            throw new InvalidDataException($"There is no station in '{paths.Root}' that was registered with a ledger.");
        if (known.VerifierKey == verifierKey)
        {
            Console.WriteLine($"{known.Origin} is accepted already.");
            return ExitCodes.Ok;
        }
        if (known.Next is not { } next || next.VerifierKey != verifierKey)
        {
            Console.WriteLine(known.Next is { } other
                ? $"The centre answers as {other.Origin} with the key {other.VerifierKey}, not with the one given."
                : $"The centre still answers as {known.Origin}: there is nothing to accept.");
            return ExitCodes.Negative;
        }
        AtomicFile.Write(files, paths.AcceptedOrigin, Encoding.UTF8.GetBytes(verifierKey));
        Console.WriteLine($"{next.Origin} takes the place of {known.Origin}" + (next.Vouched ? "." : $", although {next.Doubt}: everything the station holds is sent to it."));
        return ExitCodes.Ok;
    }
}
