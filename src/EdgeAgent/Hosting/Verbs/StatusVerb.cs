using System.CommandLine;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using Spectre.Console;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `status`: exit code 0 well, 1 an alarm stands, 4 the agent does not run.
internal static class StatusVerb
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var set = CommonOptions.Set();
        var language = CommonOptions.Language();
        var command = new Command("status", "Shows the running agent's bays, spool, HJ 212 stations, detection and alarms") { config, set, language };
        command.SetAction((result, cancellation) => AgentClient.GuardAsync(async () =>
        {
            using var agent = new AgentClient(result.GetRequiredValue(config), result.GetValue(set) ?? []);
            var snapshot = await agent.GetAsync<AgentSnapshot>("/status", cancellation);
            if (Console.IsOutputRedirected)
                foreach (var line in StatusTable.Lines(snapshot))
                    Console.WriteLine(line);
            else
                AnsiConsole.Write(StatusTable.Render(snapshot, StatusWords.Of(result.GetValue(language))));
            return snapshot.Alarms.Count == 0 ? ExitCodes.Ok : ExitCodes.Negative;
        }));
        return command;
    }
}
