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
        var command = new Command("status", "Shows the running agent's bays, spool and alarms") { config, set };
        command.SetAction((result, cancellation) => AgentClient.GuardAsync(async () =>
        {
            using var agent = new AgentClient(result.GetRequiredValue(config), result.GetValue(set) ?? []);
            var snapshot = await agent.GetAsync<AgentSnapshot>("/status", cancellation);
            if (Console.IsOutputRedirected)
                foreach (var line in StatusTable.Lines(snapshot))
                    Console.WriteLine(line);
            else
                AnsiConsole.Write(StatusTable.Render(snapshot));
            return snapshot.Alarms.Count == 0 ? ExitCodes.Ok : ExitCodes.Negative;
        }));
        return command;
    }
}
