namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>
/// The wall clock for graces: follows it, but never goes back and never runs at less than half or more than twice its pace, so that setting the
/// clock makes nobody offline and keeps nobody connected. Not thread-safe.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private long _readAt = time.GetTimestamp();
    private long _now = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Unix milliseconds.</summary>
    public long Read()
    {
        var at = time.GetTimestamp();
        var passed = (long)time.GetElapsedTime(_readAt, at).TotalMilliseconds;
        _readAt = at;
        return _now = Math.Clamp(time.GetUtcNow().ToUnixTimeMilliseconds(), _now + (passed / 2), _now + (passed * 2));
    }
}
