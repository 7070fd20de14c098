namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// Silence of a client, judged by the heartbeat: one and a half times its Keep Alive [MQTT5-3.1.2-22] [MQTT3-3.1.2-24]. Before CONNECT the
/// deadline for CONNECT stands in its place. It does not run while we do not read: the silence is then ours.
/// </summary>
internal sealed class KeepAliveClock(TimeProvider time, TimeSpan connectDeadline)
{
    private long _limitTicks = connectDeadline.Ticks;
    private long _heardAt = time.GetTimestamp();
    private bool _isPaused;

    /// <summary>CONNECT came: from here on the client's own.</summary>
    public void Begin(int keepAliveSeconds)
    {
        Volatile.Write(ref _limitTicks, keepAliveSeconds == 0 ? long.MaxValue : TimeSpan.FromSeconds(keepAliveSeconds).Ticks * 3 / 2);
        Heard();
    }

    /// <summary>A whole packet came.</summary>
    public void Heard() => Volatile.Write(ref _heardAt, time.GetTimestamp());

    public TimeSpan SilentFor => time.GetElapsedTime(Volatile.Read(ref _heardAt));

    public void Pause() => Volatile.Write(ref _isPaused, true);

    public void Resume()
    {
        Heard();
        Volatile.Write(ref _isPaused, false);
    }

    public bool IsPaused => Volatile.Read(ref _isPaused);

    public bool IsOver(long now) =>
        !Volatile.Read(ref _isPaused) && time.GetElapsedTime(Volatile.Read(ref _heardAt), now).Ticks > Volatile.Read(ref _limitTicks);
}
