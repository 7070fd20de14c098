using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// The latest episodes of one rule and station that are over, live and late: what comes in late and lies within one of them, no worse, has
/// been told already.
internal sealed class KnownEpisodes
{
    private const int Most = 64;

    private readonly Queue<(DateTimeOffset Start, DateTimeOffset End, double Excess)> _known = new();

    public void Add(Episode episode)
    {
        _known.Enqueue((episode.Start, episode.LastEnd, episode.WorstExcess));
        if (_known.Count > Most)
            _known.Dequeue();
    }

    public bool Has(DateTimeOffset start) => _known.Any(k => k.Start == start);

    /// The start of the one in whose time the episode began, the gravest if several; null: none. Live is the one still open.
    public (DateTimeOffset Start, double Excess)? Around(Episode episode, Episode? live)
    {
        (DateTimeOffset Start, double Excess)? found = live is { Reported: true } && Within(episode.Start, live.Start, live.LastEnd) ? (live.Start, live.WorstExcess) : null;
        foreach (var (start, end, excess) in _known)
            if (Within(episode.Start, start, end) && (found is null || excess > found.Value.Excess))
                found = (start, excess);
        return found;
    }

    private static bool Within(DateTimeOffset at, DateTimeOffset start, DateTimeOffset end) => at >= start && at <= end;

    public void Write(StateWriter to)
    {
        to.Number((long)_known.Count);
        foreach (var (start, end, excess) in _known)
        {
            to.Time(start);
            to.Time(end);
            to.Number(excess);
        }
    }

    public void Read(StateReader from)
    {
        for (var left = from.Signed(); left > 0; left--)
            _known.Enqueue((from.Time(), from.Time(), from.Double()));
    }
}
