using EdgeEnforcement.EdgeAgent.Detection;
using Microsoft.Extensions.Configuration;
using LocalConfiguration = EdgeEnforcement.EdgeAgent.Hosting.AgentConfiguration;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// The station's configuration with a version laid into it: above the file, below environment and command line. Who stands at the station
/// has the last word.
internal sealed record ConfigurationLayers(string File, IReadOnlyList<string> Overrides)
{
    public IConfigurationRoot Local() => LocalConfiguration.Load(File, Overrides);

    /// <param name="settings">What a version sets.</param>
    /// <param name="rulesFile">Where its rule set lies, if it has one.</param>
    public IConfigurationRoot With(RemoteSettings settings, string rulesFile) => LocalConfiguration.Load(File, Overrides, file =>
    {
        var whole = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in file.Where(pair => pair.Value is not null && !settings.Replaces(pair.Key)).Concat(settings.Values))
            whole[key] = value;
        if (settings.Rules is not null)
            whole[$"{DetectionOptions.Section}:{nameof(DetectionOptions.RuleFile)}"] = rulesFile;
        return whole;
    });
}
