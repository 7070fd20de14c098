namespace EdgeEnforcement.Detection;

/// <summary>An episode that was reported and has not ended, as the duty room is shown it.</summary>
/// <param name="Source">MN of the station; of a parent, who it speaks for.</param>
/// <param name="Start">By the readings' own time.</param>
/// <param name="Retrospective">Of late data (补传).</param>
public sealed record OpenEpisode(string EpisodeId, string Source, string Rule, string Title, DateTimeOffset Start, uint Count, bool Retrospective);
