using Microsoft.Extensions.Configuration;

namespace EdgeEnforcement.EdgeAgent.Hosting;

/// Configuration file, then environment (EDGE_AGENT_Section__Key), then overrides of the command line.
internal static class AgentConfiguration
{
    /// <param name="file">The station's own file.</param>
    /// <param name="overrides">Section:Key=Value.</param>
    /// <param name="lay">What the file says to what stands in its place: where a remote version is laid over it.</param>
    public static IConfigurationRoot Load(
        string file, IEnumerable<string> overrides,
        Func<IEnumerable<KeyValuePair<string, string?>>, IEnumerable<KeyValuePair<string, string?>>>? lay = null)
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
        var builder = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        if (lay is not null)
            builder = new ConfigurationBuilder().AddInMemoryCollection(lay(builder.Build().AsEnumerable()));
        return builder.AddEnvironmentVariables("EDGE_AGENT_").AddInMemoryCollection(pairs).Build();
    }
}
