namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// Token bucket: so many frames at once, so many a second for long. Who is above it waits; nothing is dropped.
internal sealed class FrameBudget(int perSecond, int atOnce)
{
    private readonly Lock _lock = new();
    private double _tokens = atOnce;
    private DateTimeOffset? _at;

    /// Takes one; how long the frame has to wait for it.
    public TimeSpan Take(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_at is { } at && now > at)
                _tokens = Math.Min(atOnce, _tokens + ((now - at).TotalSeconds * perSecond));
            _at = now;
            _tokens--;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
        }
    }
}
