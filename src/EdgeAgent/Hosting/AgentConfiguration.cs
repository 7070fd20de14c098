using Microsoft.Extensions.Configuration;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// Configuration file, then environment (EDGE_AGENT_Section__Key), then overrides of the command line.
internal static class AgentConfiguration
{
    public static IConfigurationRoot Load(string file, IEnumerable<string> overrides)
    {
        if (!File.Exists(file))
            throw new InvalidDataException($"There is no configuration file '{file}'.");
        var pairs = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in overrides)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new InvalidDataException($"'{text}' is not of the form Section:Key=Value.");
            pairs[text[..at]] = text[(at + 1)..];
        }
        return new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false)
            .AddEnvironmentVariables("EDGE_AGENT_")
            .AddInMemoryCollection(pairs)
            .Build();
    }
}
