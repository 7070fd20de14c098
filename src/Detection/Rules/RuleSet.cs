using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection;

/// <summary>A rule set, validated whole. Sha256 is of the file's bytes.</summary>
public sealed record RuleSet
{
    public required string Id { get; init; }
    public required string Version { get; init; }
    public required string Title { get; init; }
    public required Sha256Hash Sha256 { get; init; }
    public required IReadOnlyDictionary<string, StationEntry> Stations { get; init; }
    public required IReadOnlyList<MaintenanceWindow> Maintenance { get; init; }
    public required StormLimits Storm { get; init; }
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>The window a station is in at an instant, else null.</summary>
    public MaintenanceWindow? MaintenanceAt(string station, DateTimeOffset at)
    {
        foreach (var window in Maintenance)
            if (at >= window.From && at < window.To && window.Stations.Contains(station))
                return window;
        return null;
    }
}
