using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Storm;

/// Which episodes of which stations are open in each group: silent stations of a gateway, high water of a basin.
internal sealed class OpenEpisodes
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _groups = new(StringComparer.Ordinal);

    public IEnumerable<string> Groups => _groups.Keys;

    public void Follow(string group, Decision decision)
    {
        if (!_groups.TryGetValue(group, out var open))
            _groups.Add(group, open = new SortedDictionary<string, string>(StringComparer.Ordinal));
        if (decision.Alert.Phase == EpisodePhase.Cleared)
            open.Remove(decision.Alert.EpisodeId);
        else
            open[decision.Alert.EpisodeId] = decision.SourceDevice;
    }

    public int Count(string group) => _groups.TryGetValue(group, out var open) ? open.Count : 0;

    public int Stations(string group) => _groups.TryGetValue(group, out var open) ? open.Values.Distinct().Count() : 0;

    public void Write(StateWriter to)
    {
        to.Number((long)_groups.Count);
        foreach (var (group, open) in _groups)
        {
            to.Text(group);
            to.Number((long)open.Count);
            foreach (var (episode, station) in open)
            {
                to.Text(episode);
                to.Text(station);
            }
        }
    }

    public void Read(StateReader from)
    {
        for (var groups = from.Signed(); groups > 0; groups--)
        {
            var open = new SortedDictionary<string, string>(StringComparer.Ordinal);
            _groups.Add(from.Text(), open);
            for (var left = from.Signed(); left > 0; left--)
                open.Add(from.Text(), from.Text());
        }
    }
}
