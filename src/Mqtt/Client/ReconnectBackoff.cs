namespace EdgeEnforcement.Mqtt.Client;

/// <summary>Exponential with full jitter: the n-th wait is uniform in (0, min(maximum, minimum * 2^n)]. Owned by one loop.</summary>
internal sealed class ReconnectBackoff(TimeSpan minimum, TimeSpan maximum, Func<double> random)
{
    // 2^30 of any minimum is beyond any maximum.
    private const int MostDoublings = 30;

    private int _failures;

    public TimeSpan Next()
    {
        var ceiling = Math.Min(maximum.TotalMilliseconds, minimum.TotalMilliseconds * Math.Pow(2, _failures));
        _failures = Math.Min(_failures + 1, MostDoublings);
        // 1 - [0,1) is never zero: a wait of nothing would be a loop at full speed.
        return TimeSpan.FromMilliseconds(Math.Max(1, ceiling * (1 - random())));
    }

    public void Reset() => _failures = 0;
}
