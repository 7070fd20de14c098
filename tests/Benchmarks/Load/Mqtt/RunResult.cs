namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>One run: what was acknowledged (or delivered, where there are subscribers) in how long, and what it cost.</summary>
internal sealed record RunResult(
    long Messages, long Deliveries, double Seconds, LatencyHistogram Latencies, LatencyHistogram Ages, double ServerCpuSeconds, double OwnCpuSeconds, long ServerMiB)
{
    public double MessagesPerSecond => Messages / Seconds;

    public double PerSecond => (Deliveries > 0 ? Deliveries : Messages) / Seconds;

    public LatencyHistogram Shown => Deliveries > 0 ? Ages : Latencies;

    /// <summary>Null: the server was not asked.</summary>
    public ServerNumbers? Server { get; init; }
}
