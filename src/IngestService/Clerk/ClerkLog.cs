using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Clerk;

internal static partial class ClerkLog
{
    [LoggerMessage(EventId = 4500, EventName = "ClerkRebuilding", Level = LogLevel.Warning,
        Message = "clerk.db is deleted and folded again from the ledger: {Reason}")]
    public static partial void Rebuilding(this ILogger log, string reason);

    [LoggerMessage(EventId = 4501, EventName = "ClerkRecovered", Level = LogLevel.Information,
        Message = "The clerk goes on deciding at entry {Position} with fact {Sequence}")]
    public static partial void Recovered(this ILogger log, ulong position, ulong sequence);

    [LoggerMessage(EventId = 4502, EventName = "ClerkPumpFailed", Level = LogLevel.Error,
        Message = "The clerk failed after entry {Position}; the entries are decided again")]
    public static partial void PumpFailed(this ILogger log, ulong position, Exception fault);

    [LoggerMessage(EventId = 4503, EventName = "ClerkFactRefused", Level = LogLevel.Error,
        Message = "Fact {Sequence} of the clerk was refused for good: {Code}, {Detail}")]
    public static partial void FactRefused(this ILogger log, ulong sequence, RefusalCode code, string detail);

    [LoggerMessage(EventId = 4504, EventName = "ClerkLedgerStopped", Level = LogLevel.Error,
        Message = "The ledger has stopped; the clerk stops after entry {Position}")]
    public static partial void LedgerStopped(this ILogger log, ulong position, Exception fault);
}
