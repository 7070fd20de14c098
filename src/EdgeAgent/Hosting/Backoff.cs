namespace EdgeEnforcement.EdgeAgent.Hosting;

/// Exponential with full jitter: the n-th wait is uniform in (0, min(maximum, minimum * 2^n)]. Owned by one loop.
internal sealed class Backoff(TimeSpan minimum, TimeSpan maximum, Func<double> random)
{
    private int _failures;

    public TimeSpan Next()
    {
        var ceiling = Math.Min(maximum.TotalMilliseconds, minimum.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 30)));
        // 1 - [0,1) is never zero: a wait of nothing would be a loop at full speed.
        return TimeSpan.FromMilliseconds(Math.Max(1, ceiling * (1 - random())));
    }

    public void Reset() => _failures = 0;
}
