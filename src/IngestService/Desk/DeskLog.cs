namespace EdgeEnforcement.IngestService.Desk;

internal static partial class DeskLog
{
    [LoggerMessage(EventId = 5000, EventName = "DeskQueryFailed", Level = LogLevel.Error, Message = "Query {Method} failed")]
    public static partial void QueryFailed(this ILogger log, string method, Exception fault);
}
