namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

internal static partial class RemoteConfigurationLog
{
    [LoggerMessage(7500, LogLevel.Information, "Configuration {Entry} ({Label}) is proved and taken: the agent starts again with it", EventName = "ConfigurationTaken")]
    public static partial void ConfigurationTaken(this ILogger logger, ulong entry, string label);

    [LoggerMessage(7501, LogLevel.Information, "The agent runs with configuration {Entry}; the centre has answered", EventName = "ConfigurationKept")]
    public static partial void ConfigurationKept(this ILogger logger, ulong entry);

    [LoggerMessage(7502, LogLevel.Error, "Configuration {Entry} is refused: {Reasons}", EventName = "ConfigurationRefused")]
    public static partial void ConfigurationRefused(this ILogger logger, ulong entry, string reasons);

    [LoggerMessage(7503, LogLevel.Error, "Configuration {Entry} is given up ({Reason}): the agent starts again with the one before", EventName = "ConfigurationGivenUp")]
    public static partial void ConfigurationGivenUp(this ILogger logger, ulong entry, string reason);

    [LoggerMessage(7504, LogLevel.Debug, "Looking for a configuration waits: {Reason}", EventName = "ConfigurationWaits")]
    public static partial void ConfigurationWaits(this ILogger logger, string reason);

    [LoggerMessage(7505, LogLevel.Error, "What the centre names as configuration {Entry} is not proved: {Reason}", EventName = "ConfigurationNotProved")]
    public static partial void ConfigurationNotProved(this ILogger logger, ulong entry, string reason);
}
