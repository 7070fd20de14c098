using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection.Judging;

/// A rule as it stands over one station.
internal sealed record RuleContext(RuleSet Set, Rule Rule, StationEntry Station)
{
    public string EpisodeIdOf(DateTimeOffset start) => EpisodeId.Derive(Station.Mn, Rule.Id, Rule.Target, start);

    /// What was said of it and has not ended; nothing for an episode nobody was told of.
    public IEnumerable<OpenEpisode> Open(Episode? episode, bool late) => episode is { Reported: true }
        ? [new OpenEpisode(EpisodeIdOf(episode.Start), Station.Mn, Rule.Id, Rule.Title, episode.Start, episode.Count, late)]
        : [];

    /// The id under which what a planned maintenance window explains is put together; empty outside of one.
    public string MaintenanceAt(DateTimeOffset at) =>
        Set.MaintenanceAt(Station.Mn, at) is { } window ? EpisodeId.Derive(Station.Mn, BuiltInRules.Maintenance, "", window.From) : "";
}
