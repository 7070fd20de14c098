using System.CommandLine;
using EdgeEnforcement.EdgeAgent.Diagnostics;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `alert`: hands a field alert to the running agent; returns after the agent's spool has flushed it and prints the episode's id.
internal static class AlertVerb
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var set = CommonOptions.Set();
        var title = new Option<string>("--title") { Description = "What was found, in one line", Required = true };
        var kind = new Option<string>("--kind") { Description = "What it is", DefaultValueFactory = _ => FieldAlertDesk.Kinds[0] };
        kind.AcceptOnlyFromAmong([.. FieldAlertDesk.Kinds]);
        var severity = new Option<string>("--severity") { Description = "How grave it is", DefaultValueFactory = _ => "warning" };
        severity.AcceptOnlyFromAmong([.. FieldAlertDesk.Severities]);
        var place = Text("--place", "Where, in words");
        var officer = Text("--officer", "Number of the officer who reports it");
        var target = Text("--target", "River section, outlet, plate ...");
        var description = Text("--description", "Further words");
        var latitude = new Option<double?>("--lat") { Description = "Latitude, WGS 84" };
        var longitude = new Option<double?>("--lon") { Description = "Longitude, WGS 84" };

        var command = new Command("alert", "Sends an alert from the field")
        {
            config, set, title, kind, severity, place, latitude, longitude, officer, target, description,
        };
        command.SetAction((result, cancellation) => AgentClient.GuardAsync(async () =>
        {
            using var agent = new AgentClient(result.GetRequiredValue(config), result.GetValue(set) ?? []);
            var answer = await agent.PostAsync<AlertAnswer>(
                "/alerts",
                new AlertRequest(
                    result.GetRequiredValue(title), result.GetRequiredValue(kind), result.GetRequiredValue(severity),
                    result.GetRequiredValue(description), result.GetRequiredValue(place), result.GetValue(latitude), result.GetValue(longitude),
                    result.GetRequiredValue(officer), result.GetRequiredValue(target)),
                cancellation);
            Console.WriteLine(answer.EpisodeId);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Option<string> Text(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => "" };
}
