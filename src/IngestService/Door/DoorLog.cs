using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door;

/// <summary>Ids: Grpc 1200, Upload 1300, Admission 1400. What a client did wrong is Debug and a counter.</summary>
internal static partial class DoorLog
{
    [LoggerMessage(EventId = 1200, EventName = "ReportStreamOpened", Level = LogLevel.Debug,
        Message = "Report stream of {Producer} opened, epoch {Epoch}, lane {Lane}, agent {AgentVersion}")]
    public static partial void StreamOpened(this ILogger log, string producer, uint epoch, string lane, string agentVersion);

    [LoggerMessage(EventId = 1201, EventName = "ReportStreamClosed", Level = LogLevel.Debug,
        Message = "Report stream of {Producer} closed after {Answers} answers")]
    public static partial void StreamClosed(this ILogger log, string producer, long answers);

    [LoggerMessage(EventId = 1202, EventName = "CallFailed", Level = LogLevel.Error, Message = "Call {Method} failed")]
    public static partial void CallFailed(this ILogger log, Exception cause, string method);

    [LoggerMessage(EventId = 1203, EventName = "CallWithoutLedger", Level = LogLevel.Warning,
        Message = "Call {Method} ended: the ledger has stopped")]
    public static partial void CallWithoutLedger(this ILogger log, string method);

    [LoggerMessage(EventId = 1204, EventName = "CallRefused", Level = LogLevel.Debug, Message = "Call {Method} refused: {Status}")]
    public static partial void CallRefused(this ILogger log, string method, StatusCode status);

    [LoggerMessage(EventId = 1205, EventName = "CallCancelled", Level = LogLevel.Debug, Message = "Call {Method} left by its client")]
    public static partial void CallCancelled(this ILogger log, string method);

    [LoggerMessage(EventId = 1206, EventName = "RecordRefused", Level = LogLevel.Debug,
        Message = "Record of {Producer} refused: {Code}, {Detail}")]
    public static partial void RecordRefused(this ILogger log, string producer, RefusalCode code, string detail);

    [LoggerMessage(EventId = 1300, EventName = "UploadDiskFault", Level = LogLevel.Error,
        Message = "Disk fault in the upload of manifest {ManifestIndex}; nothing unflushed was acknowledged")]
    public static partial void UploadDiskFault(this ILogger log, Exception cause, ulong manifestIndex);

    [LoggerMessage(EventId = 1301, EventName = "UploadFenced", Level = LogLevel.Information,
        Message = "Upload of manifest {ManifestIndex}: a newer generation took over")]
    public static partial void UploadFenced(this ILogger log, ulong manifestIndex);

    [LoggerMessage(EventId = 1400, EventName = "ProducerRegistered", Level = LogLevel.Information,
        Message = "Producer {Producer} registered with key {KeyId}, entry {EntryIndex}")]
    public static partial void ProducerRegistered(this ILogger log, string producer, string keyId, ulong entryIndex);

    [LoggerMessage(EventId = 1401, EventName = "KeyChangeRefused", Level = LogLevel.Warning,
        Message = "Another key for producer {Producer} was offered and refused")]
    public static partial void KeyChangeRefused(this ILogger log, string producer);

    [LoggerMessage(EventId = 1402, EventName = "RecordKeptInQuarantine", Level = LogLevel.Warning,
        Message = "Record of {Producer} kept in quarantine, entry {EntryIndex}: {Code}")]
    public static partial void KeptInQuarantine(this ILogger log, string producer, ulong entryIndex, RefusalCode code);
}
