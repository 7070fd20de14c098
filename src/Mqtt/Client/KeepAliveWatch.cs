namespace EdgeEnforcement.Mqtt.Client;

/// <summary>
/// Decides from the two times of a connection. A PINGREQ goes when nothing was sent for three quarters of the keep-alive, which keeps the
/// server content (MQTT5-3.1.2-20), or nothing came for as long, which finds a half-open connection also while we publish into it.
/// A peer that says nothing for half a keep-alive after it is dead. Times are written by the loops and read by the heartbeat.
/// </summary>
internal sealed class KeepAliveWatch
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _idle;
    private readonly TimeSpan _patience;
    private long _sent;
    private long _received;
    private long _pinged;
    private bool _isWaiting;

    public KeepAliveWatch(TimeSpan keepAlive, TimeProvider time)
    {
        (_time, _idle, _patience) = (time, keepAlive * 0.75, keepAlive * 0.5);
        _sent = _received = time.GetTimestamp();
        Interval = keepAlive * 0.125;
    }

    /// <summary>Between two ticks; zero: no keep-alive.</summary>
    public TimeSpan Interval { get; }

    public void Sent() => Volatile.Write(ref _sent, _time.GetTimestamp());

    public void Received() => Volatile.Write(ref _received, _time.GetTimestamp());

    public KeepAliveStep Tick()
    {
        var (sent, received) = (Volatile.Read(ref _sent), Volatile.Read(ref _received));
        if (_isWaiting && received <= _pinged)
            return _time.GetElapsedTime(_pinged) >= _patience ? KeepAliveStep.Dead : KeepAliveStep.None;
        _isWaiting = false;
        if (_time.GetElapsedTime(sent) < _idle && _time.GetElapsedTime(received) < _idle)
            return KeepAliveStep.None;
        _isWaiting = true;
        _pinged = _time.GetTimestamp();
        return KeepAliveStep.Ping;
    }
}
