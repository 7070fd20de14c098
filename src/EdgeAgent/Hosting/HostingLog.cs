namespace EdgeEnforcement.EdgeAgent.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(7000, LogLevel.Information, "Agent {Producer} {Version} runs in {Directory}; status at {Status}", EventName = "AgentRuns")]
    public static partial void AgentRuns(this ILogger logger, string producer, string version, string directory, string status);

    [LoggerMessage(7001, LogLevel.Critical, "The agent stops: what it was doing has an unknown outcome, the next start decides", EventName = "Stopped")]
    public static partial void Stopped(this ILogger logger, Exception? cause);

    [LoggerMessage(7002, LogLevel.Error, "A loop ended with a failure", EventName = "LoopFailed")]
    public static partial void LoopFailed(this ILogger logger, Exception cause);
}
