using EdgeEnforcement.Testing;

namespace EdgeEnforcement.OutletSimulator.Tests;

/// <summary>A clock that is moved on, and that knows when who sleeps by it has gone to sleep again.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : TimeProvider
{
    private readonly FakeTimeProvider _clock = new(start);
    private int _sleeps;

    /// <summary>How often somebody began to wait.</summary>
    public int Sleeps => Volatile.Read(ref _sleeps);

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public void Advance(TimeSpan by) => _clock.Advance(by);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _clock.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _sleeps);
        return timer;
    }
}
