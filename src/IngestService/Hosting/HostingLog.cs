namespace EdgeEnforcement.IngestService.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(EventId = 1000, EventName = "StepStarting", Level = LogLevel.Debug, Message = "Stage {Stage}: starting {Step}")]
    public static partial void StepStarting(this ILogger log, StartupStage stage, string step);

    [LoggerMessage(EventId = 1001, EventName = "StepNotStopped", Level = LogLevel.Error, Message = "{Step} did not stop cleanly")]
    public static partial void StepNotStopped(this ILogger log, string step, Exception cause);

    [LoggerMessage(EventId = 1002, EventName = "Listening", Level = LogLevel.Information, Message = "gRPC on {Grpc}, HTTP on {Http}, MQTT on {Mqtt}")]
    public static partial void Listening(this ILogger log, string grpc, string http, string mqtt);

    [LoggerMessage(EventId = 1003, EventName = "StartRefused", Level = LogLevel.Critical, Message = "The service does not start: {Reason}")]
    public static partial void StartRefused(this ILogger log, string reason);
}
