namespace EdgeEnforcement.IngestService.Cases.Deadlines;

internal static partial class DeadlineLog
{
    [LoggerMessage(EventId = 4020, EventName = "MarksTold", Level = LogLevel.Information, Message = "{Count} marks of deadlines were reached")]
    public static partial void MarksTold(this ILogger log, int count);

    [LoggerMessage(EventId = 4021, EventName = "ClocksRecomputed", Level = LogLevel.Information,
        Message = "{Count} deadlines were computed again with the newest calendars and rules")]
    public static partial void ClocksRecomputed(this ILogger log, int count);

    [LoggerMessage(EventId = 4022, EventName = "DeadlineBeatFailed", Level = LogLevel.Warning, Message = "Deadlines are looked at again: {Reason}")]
    public static partial void BeatFailed(this ILogger log, Exception exception, string reason);

    [LoggerMessage(EventId = 4023, EventName = "AlertsOverdue", Level = LogLevel.Information, Message = "{Count} alerts were not taken up in time")]
    public static partial void AlertsOverdue(this ILogger log, int count);

    public static void BeatFailed(this ILogger log, Exception exception) => log.BeatFailed(exception, exception.Message);
}
