using EdgeEnforcement.Detection;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// The open episodes as they are shown. They are looked for again only when something was said or held back: the rules may be ten thousand.
internal sealed record OpenEpisodesView(int Count, IReadOnlyList<OpenEpisode> Newest)
{
    private const int MostShown = 50;

    public static OpenEpisodesView None { get; } = new(0, []);

    private (DetectionEngine? Engine, ulong Said, int Held) _seen;

    public OpenEpisodesView Of(DetectionEngine? engine, ulong said)
    {
        var now = (engine, said, engine?.HeldCount ?? 0);
        if (_seen == now)
            return this;
        var open = engine?.OpenEpisodes ?? [];
        return new OpenEpisodesView(open.Count, [.. open.OrderByDescending(e => e.Start).Take(MostShown)]) { _seen = now };
    }
}
