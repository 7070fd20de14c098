using System.CommandLine;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// Options that several verbs take, each made anew: an option belongs to one command.
internal static class CommonOptions
{
    public static Option<string> Config() =>
        new("--config", "-c") { Description = "The agent's configuration file (JSON)", Required = true };

    public static Option<string[]> Set() =>
        new("--set") { Description = "Overrides one value: Section:Key=Value; may be given several times", DefaultValueFactory = _ => [] };
}
