namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// What a station sent lately and is durable. A station resends what was not answered, so what matters is what it sent since the last
/// answer it got: a few messages, or the rows of a recall. The caller's gate covers it.
internal sealed class RecentFrames
{
    private const int Most = 128;

    private readonly List<UInt128> _seen = [];
    private int _next;

    public bool Contains(UInt128 identity) => _seen.Contains(identity);

    public void Add(UInt128 identity)
    {
        if (_seen.Count < Most)
        {
            _seen.Add(identity);
            return;
        }
        _seen[_next] = identity;
        _next = (_next + 1) % Most;
    }
}
