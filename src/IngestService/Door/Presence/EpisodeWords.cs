using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>What is new of an episode, as the entry says it.</summary>
internal static class EpisodeWords
{
    /// <summary>Null: nothing the ledger has to know. Marks it as said.</summary>
    public static PresenceEpisode? Of(Episode episode, int known)
    {
        if (!episode.IsSaid && episode.IsCleared)
            return null; // came and went within one tick
        var phase = episode.IsCleared ? EpisodePhase.Cleared : episode.IsSaid ? EpisodePhase.Updated : EpisodePhase.Opened;
        if (phase == EpisodePhase.Updated && episode.Joined.Count == 0 && episode.Count <= episode.SaidCount)
            return null; // those who came back are said with the last of them
        var word = new PresenceEpisode
        {
            EpisodeId = episode.Id, Phase = phase, Scope = episode.Scope, Subject = episode.Subject, Rule = episode.Rule,
            Start = PresenceWords.At(episode.Start),
            Count = (uint)episode.Count, Known = (uint)known, Into = episode.Into,
        };
        word.Devices.AddRange(episode.Joined);
        episode.Joined.Clear();
        (episode.IsSaid, episode.SaidCount) = (true, Math.Max(episode.SaidCount, episode.Count));
        return word;
    }
}
