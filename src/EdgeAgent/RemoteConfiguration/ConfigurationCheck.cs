using EdgeEnforcement.Detection;
using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Hosting;
using Microsoft.Extensions.Configuration;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// Whether this station could run with a content: its own words, its rule set in the station's units, and every option of the whole.
internal static class ConfigurationCheck
{
    /// <param name="content">A version's JSON.</param>
    /// <param name="layers">The station's own configuration.</param>
    /// <param name="rulesFile">Where its rule set would lie.</param>
    /// <param name="faults">All of them.</param>
    /// <returns>What to start with; null when there are faults.</returns>
    public static Candidate? Run(ReadOnlyMemory<byte> content, ConfigurationLayers layers, string rulesFile, out IReadOnlyList<string> faults)
    {
        var settings = RemoteSettings.Read(content);
        var whole = layers.With(settings, rulesFile);
        IEnumerable<string> units = settings.Rules is { } bytes && RuleSetParser.TryParse(bytes, out _) is { } rules
            ? StationUnits.Check(rules, whole).Select(e => $"{SettableKeys.Rules}: {e}")
            : [];
        faults = [.. settings.Faults, .. units, .. AgentHost.Faults(whole)];
        return faults.Count == 0 ? new Candidate(whole, settings.Rules) : null;
    }

    internal sealed record Candidate(IConfigurationRoot Configuration, byte[]? Rules);
}
