using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection.Judging;

/// A rule as it stands over one station.
internal sealed record RuleContext(RuleSet Set, Rule Rule, StationEntry Station)
{
    public string EpisodeIdOf(DateTimeOffset start) => EpisodeId.Derive(Station.Mn, Rule.Id, Rule.Target, start);

    /// The id under which what a planned maintenance window explains is put together; empty outside of one.
    public string MaintenanceAt(DateTimeOffset at) =>
        Set.MaintenanceAt(Station.Mn, at) is { } window ? EpisodeId.Derive(Station.Mn, BuiltInRules.Maintenance, "", window.From) : "";
}
