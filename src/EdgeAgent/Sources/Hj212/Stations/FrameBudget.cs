namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// Token bucket: so many frames at once, so many a second for long. Who is above it waits; nothing is dropped.
internal sealed class FrameBudget(double perSecond, int atOnce)
{
    private readonly Lock _lock = new();
    private double _tokens = atOnce;
    private DateTimeOffset? _at;

    /// Takes one; how long the frame has to wait for it.
    public TimeSpan Take(DateTimeOffset now)
    {
        lock (_lock)
        {
            Refill(now);
            _tokens--;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
        }
    }

    /// Takes one if there is one.
    public bool TryTake(DateTimeOffset now)
    {
        lock (_lock)
        {
            Refill(now);
            if (_tokens < 1)
                return false;
            _tokens--;
            return true;
        }
    }

    private void Refill(DateTimeOffset now)
    {
        if (_at is { } at && now > at)
            _tokens = Math.Min(atOnce, _tokens + ((now - at).TotalSeconds * perSecond));
        _at = now;
    }
}
