namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// Lets an event of one kind through once in a while and counts the rest, so that none is unseen and a storm is one record.
internal sealed class EventGate(TimeSpan interval)
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _last;
    private ulong _count;

    /// <param name="count">How often it happened since the last time it was let through, this one included.</param>
    public bool Take(DateTimeOffset now, out ulong count)
    {
        lock (_lock)
        {
            count = ++_count;
            if (_last is { } last && now - last < interval)
                return false;
            _last = now;
            _count = 0;
            return true;
        }
    }

    /// What was counted and not told yet, for who ends.
    public ulong Rest()
    {
        lock (_lock)
        {
            var rest = _count;
            _count = 0;
            return rest;
        }
    }
}
