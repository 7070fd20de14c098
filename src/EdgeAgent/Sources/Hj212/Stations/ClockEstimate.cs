using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// A station's clock against ours, out of QN (when it sent) and our time of receipt. What is on its way, or waited in the station, makes the
/// clock look late and never early: of the last few the greatest is nearest to the truth.
internal sealed class ClockEstimate
{
    private const int Samples = 3;

    // What lies between a logger's stamping and our receipt on a line that works: GPRS and a serial server.
    private static readonly TimeSpan Path = TimeSpan.FromSeconds(2);

    // The links that speak for the station measure, the exchange that set its clock forgets.
    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _offsets = new(Samples);

    /// Station clock minus ours; null: not measured yet.
    public TimeSpan? Offset
    {
        get
        {
            lock (_lock)
                return _offsets.Count == 0 ? null : _offsets.Max();
        }
    }

    public void Measure(DateTimeOffset sent, DateTimeOffset received)
    {
        lock (_lock)
        {
            if (_offsets.Count == Samples)
                _offsets.Dequeue();
            _offsets.Enqueue(sent - received);
        }
    }

    /// After the clock was set, what was measured before says nothing.
    public void Forget()
    {
        lock (_lock)
            _offsets.Clear();
    }

    /// <param name="deviceTime">QN of the message; null: it had none.</param>
    public DeviceTime Describe(DateTimeOffset? deviceTime)
    {
        var time = new DeviceTime { DeviceTime_ = deviceTime is { } at ? Timestamp.FromDateTimeOffset(at) : null };
        if (Offset is { } offset)
        {
            time.ClockOffset = Duration.FromTimeSpan(offset);
            time.Uncertainty = Duration.FromTimeSpan(Path);
        }
        return time;
    }
}
