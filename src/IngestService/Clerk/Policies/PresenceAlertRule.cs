using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// An episode of absence is an alert of kind device: opened, updated as it grows, cleared when all are back. What belongs together was decided
/// by the door, which has the clock; the entry says it, and nothing else is looked at. So ten thousand devices behind one uplink are one alert
/// that counts them, and the entries name them.
/// </summary>
internal static class PresenceAlertRule
{
    // Enough to recognise what is meant; all names are in the entries.
    private const int NamesInDescription = 20;

    public static IEnumerable<Record> Decide(DevicePresence presence, ClerkCause cause, Func<string, bool> isOpen)
    {
        HashSet<string> opened = []; // by this entry: an episode with many names is told in several words
        foreach (PresenceEpisode episode in presence.Episodes)
        {
            ClerkCause device = cause with { SourceDevice = episode.Subject };
            bool isKnown = isOpen(episode.EpisodeId) || !opened.Add(episode.EpisodeId);
            IReadOnlyList<Record> facts = AlertOpeningRule.Decide(ToReport(presence, episode, episode.Phase), device, isKnown);
            foreach (Record fact in facts)
                yield return fact;
            if (!isKnown && episode.Phase != EpisodePhase.Cleared && episode.Count > 1) // an opening carries no number
            {
                foreach (Record fact in AlertOpeningRule.Decide(ToReport(presence, episode, EpisodePhase.Updated), device, isOpen: true))
                    yield return fact;
            }
        }
    }

    private static FieldAlert ToReport(DevicePresence presence, PresenceEpisode episode, EpisodePhase phase) => new()
    {
        EpisodeId = episode.EpisodeId,
        Phase = phase,
        Kind = AlertKind.Device,
        Severity = SeverityOf(episode.Scope),
        Rule = episode.Rule,
        RuleVersion = "1",
        Title = TitleOf(episode),
        Description = DescriptionOf(episode),
        EpisodeStart = episode.Start,
        ObservedAt = presence.At,
        Count = episode.Count,
    };

    private static AlertSeverity SeverityOf(PresenceScope scope) => scope switch
    {
        PresenceScope.Network => AlertSeverity.Critical,
        PresenceScope.Gateway => AlertSeverity.Serious,
        PresenceScope.Device or PresenceScope.Restart or PresenceScope.Unspecified => AlertSeverity.Warning,
        _ => AlertSeverity.Warning, // of a later version: an alert all the same
    };

    private static string TitleOf(PresenceEpisode episode) => episode.Scope switch
    {
        PresenceScope.Gateway => string.Create(CultureInfo.InvariantCulture, $"网关或上联中断：{episode.Subject}，{episode.Count} 台设备离线"),
        PresenceScope.Network => string.Create(CultureInfo.InvariantCulture, $"网络大面积中断：{episode.Count} 台设备离线"),
        PresenceScope.Restart => string.Create(CultureInfo.InvariantCulture, $"接入服务重启后 {episode.Count} 台设备未恢复连接"),
        PresenceScope.Device or PresenceScope.Unspecified => $"设备离线：{episode.Subject}",
        _ => $"设备离线：{episode.Subject}",
    };

    private static string DescriptionOf(PresenceEpisode episode)
    {
        if (episode.Scope == PresenceScope.Device)
            return "";
        string names = string.Join('、', episode.Devices.Take(NamesInDescription));
        string more = episode.Count > NamesInDescription ? " …" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{episode.Count}/{episode.Known}：{names}{more}");
    }
}
