namespace EdgeEnforcement.OutletSimulator;

/// <summary>What the host may set; kept over links.</summary>
internal sealed class LoggerState(string password, TimeSpan realTime, TimeSpan minute)
{
    public string Password { get; set; } = password;

    public TimeSpan RealTime { get; set; } = realTime;

    public TimeSpan Minute { get; set; } = minute;

    /// <summary>The logger's clock minus this machine's.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>Bottles of the sampler that are full.</summary>
    public int Bottles { get; set; }
}
