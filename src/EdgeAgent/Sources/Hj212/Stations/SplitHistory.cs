namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// Which packets came of the split messages that a link is done with, whole or not: what is sent again, or late, or over the next link, belongs
/// to them.
internal sealed class SplitHistory
{
    private const int Most = 64;

    // The links that speak for the station take and put.
    private readonly Lock _lock = new();
    private readonly Queue<(PacketKey Key, SortedSet<int> Came)> _known = [];

    /// The caller's from here on; empty: nothing is known.
    public SortedSet<int> Take(PacketKey key)
    {
        lock (_lock)
        {
            SortedSet<int>? found = null;
            for (var left = _known.Count; left > 0; left--)
            {
                var known = _known.Dequeue();
                if (known.Key == key)
                    found = known.Came;
                else
                    _known.Enqueue(known);
            }
            return found ?? [];
        }
    }

    public void Put(PacketKey key, SortedSet<int> came)
    {
        lock (_lock)
        {
            if (_known.Count == Most)
                _known.Dequeue();
            _known.Enqueue((key, came));
        }
    }
}
