using System.CommandLine;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// Options that several verbs take, each made anew: an option belongs to one command.
internal static class CommonOptions
{
    // In the order in which they override each other (POSIX).
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public static Option<string> Config() =>
        new("--config", "-c") { Description = "The agent's configuration file (JSON)", Required = true };

    /// Of the tables on a terminal; as the terminal's locale says where it is not given.
    public static Option<string> Language() => new("--lang")
    {
        Description = "zh or en (the terminal's locale decides otherwise)",
        DefaultValueFactory = _ => LocaleVariables.Select(name => Environment.GetEnvironmentVariable(name)).FirstOrDefault(l => !string.IsNullOrEmpty(l)) ?? "en",
    };

    public static Option<string[]> Set() =>
        new("--set") { Description = "Overrides one value: Section:Key=Value; may be given several times", DefaultValueFactory = _ => [] };
}
