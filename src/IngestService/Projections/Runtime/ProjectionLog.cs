namespace EdgeEnforcement.IngestService.Projections.Runtime;

internal static partial class ProjectionLog
{
    [LoggerMessage(EventId = 3000, EventName = "ProjectionRebuilding", Level = LogLevel.Warning,
        Message = "Projection {Projection} is deleted and rebuilt from entry 0: {Reason}")]
    public static partial void Rebuilding(this ILogger log, string projection, string reason);

    [LoggerMessage(EventId = 3001, EventName = "ProjectionPumpFailed", Level = LogLevel.Error,
        Message = "Projection {Projection} failed after entry {Position}; it is opened again and retried")]
    public static partial void PumpFailed(this ILogger log, string projection, ulong position, Exception fault);

    [LoggerMessage(EventId = 3002, EventName = "ProjectionFollowing", Level = LogLevel.Information,
        Message = "Projection {Projection} has applied {Position} of {Size} entries")]
    public static partial void Following(this ILogger log, string projection, ulong position, ulong size);

    [LoggerMessage(EventId = 3004, EventName = "ProjectionRefolding", Level = LogLevel.Information,
        Message = "Projection {Projection} is folded again: entries were erased, the last order is below entry {ErasedThrough}")]
    public static partial void Refolding(this ILogger log, string projection, ulong erasedThrough);

    [LoggerMessage(EventId = 3003, EventName = "ProjectionsStarted", Level = LogLevel.Information,
        Message = "Projections follow the ledger; producers' keys are complete to entry {Position}")]
    public static partial void Started(this ILogger log, ulong position);
}
