namespace EdgeEnforcement.IngestService.Storage.Influx;

internal static partial class InfluxLog
{
    [LoggerMessage(EventId = 6000, EventName = "InfluxAway", Level = LogLevel.Warning,
        Message = "InfluxDB at {Url} takes nothing: {Reason}. Readings wait in the ledger and are sent when it is back")]
    public static partial void InfluxAway(this ILogger log, string url, string reason);

    [LoggerMessage(EventId = 6001, EventName = "InfluxBack", Level = LogLevel.Information, Message = "InfluxDB at {Url} takes readings again")]
    public static partial void InfluxBack(this ILogger log, string url);

    [LoggerMessage(EventId = 6002, EventName = "InfluxRefused", Level = LogLevel.Error,
        Message = "InfluxDB refuses a line: {Reason}. It is kept in {File}: {Line}")]
    public static partial void InfluxRefused(this ILogger log, string reason, string line, string file);

    [LoggerMessage(EventId = 6003, EventName = "InfluxQuarantineFull", Level = LogLevel.Error,
        Message = "InfluxDB refuses a line: {Reason}. {File} has its size, the line is only in the ledger: {Line}")]
    public static partial void InfluxQuarantineFull(this ILogger log, string reason, string line, string file);

    [LoggerMessage(EventId = 6004, EventName = "InfluxFollowing", Level = LogLevel.Information,
        Message = "Readings follow to InfluxDB {Target} from entry {Position}")]
    public static partial void InfluxFollowing(this ILogger log, string target, ulong position);

    [LoggerMessage(EventId = 6005, EventName = "InfluxErased", Level = LogLevel.Information,
        Message = "Entry {Index} erased entries: {Points} points were deleted from InfluxDB")]
    public static partial void InfluxErased(this ILogger log, ulong index, int points);

    [LoggerMessage(EventId = 6006, EventName = "InfluxCannotErase", Level = LogLevel.Error,
        Message = "Entry {Index} erased readings that InfluxDB {Version} cannot delete: drop database {Database} and start the service with a new one")]
    public static partial void InfluxCannotErase(this ILogger log, ulong index, InfluxVersion version, string database);

    [LoggerMessage(EventId = 6007, EventName = "InfluxPumpFailed", Level = LogLevel.Error,
        Message = "The pump to InfluxDB failed after entry {Position}; it goes on from its cursor")]
    public static partial void InfluxPumpFailed(this ILogger log, ulong position, Exception fault);
}
