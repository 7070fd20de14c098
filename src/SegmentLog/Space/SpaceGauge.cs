namespace EdgeEnforcement.SegmentLog.Space;

/// <summary>
/// The state of one store, kept by the one loop that measures it; anybody may look at what it found last.
/// </summary>
public sealed class SpaceGauge(long quotaBytes, long reserveBytes, Func<long> usedBytes, Func<long> freeBytes)
{
    private Finding _last = new(default, SpaceState.Normal);

    public SpaceState State => Volatile.Read(ref _last).State;

    public SpaceReading Reading => Volatile.Read(ref _last).Reading;

    /// <summary>Looks again; the state before and after.</summary>
    public (SpaceState Before, SpaceState After) Measure()
    {
        var before = State;
        var reading = new SpaceReading(usedBytes(), freeBytes(), quotaBytes, reserveBytes);
        var after = SpacePolicy.Next(before, reading.Percent);
        Volatile.Write(ref _last, new Finding(reading, after));
        return (before, after);
    }

    /// <summary>Looks at the volume only, at once: for the question whether one large thing more would fit.</summary>
    public SpaceReading ReadingWith(long moreBytes) => (Reading with { FreeBytes = freeBytes() }).With(moreBytes);

    private sealed record Finding(SpaceReading Reading, SpaceState State);
}
