namespace EdgeEnforcement.IngestService.Ledger;

internal static partial class LedgerLog
{
    [LoggerMessage(EventId = 2000, EventName = "LedgerOpened", Level = LogLevel.Information,
        Message = "Ledger {Origin} opened with {Entries} entries in {Segments} segments, signed to {SignedSize}, in {Milliseconds} ms")]
    public static partial void LedgerOpened(this ILogger log, string origin, ulong entries, int segments, ulong signedSize, double milliseconds);

    [LoggerMessage(EventId = 2001, EventName = "TailCut", Level = LogLevel.Warning,
        Message = "Recovery cut {Bytes} unacknowledged bytes at offset {Offset} of {File}: {Reason}")]
    public static partial void TailWasCut(this ILogger log, string file, long offset, long bytes, string reason);

    [LoggerMessage(EventId = 2002, EventName = "LedgerFatal", Level = LogLevel.Critical, Message = "The ledger stopped for good")]
    public static partial void LedgerFatal(this ILogger log, Exception cause);

    [LoggerMessage(EventId = 2003, EventName = "LedgerClosed", Level = LogLevel.Information, Message = "Ledger closed with {Entries} entries")]
    public static partial void LedgerClosed(this ILogger log, ulong entries);

    [LoggerMessage(EventId = 2010, EventName = "SnapshotSkipped", Level = LogLevel.Warning,
        Message = "The disk is behind: no snapshot for the segment from entry {First}")]
    public static partial void SnapshotSkipped(this ILogger log, ulong first);

    [LoggerMessage(EventId = 2011, EventName = "SnapshotNotWritten", Level = LogLevel.Warning,
        Message = "The snapshot for the segment from entry {First} could not be written; the next start scans it")]
    public static partial void SnapshotNotWritten(this ILogger log, ulong first, Exception cause);

    [LoggerMessage(EventId = 2012, EventName = "SnapshotNotUsed", Level = LogLevel.Warning,
        Message = "'{Path}' does not check or is not of this ledger: it is not used, the segments are read instead")]
    public static partial void SnapshotNotUsed(this ILogger log, string path);

    [LoggerMessage(EventId = 2020, EventName = "TilesRebuilt", Level = LogLevel.Warning,
        Message = "Tiles do not give the signed root of size {Size}: rebuilt from the segments")]
    public static partial void TilesRebuilt(this ILogger log, ulong size);

    [LoggerMessage(EventId = 2021, EventName = "CheckpointSigned", Level = LogLevel.Debug, Message = "Checkpoint of size {Size} signed")]
    public static partial void CheckpointSigned(this ILogger log, ulong size);

    [LoggerMessage(EventId = 2022, EventName = "KeyCreated", Level = LogLevel.Information,
        Message = "A new ledger with a new checkpoint key: {VerifierKey}")]
    public static partial void KeyCreated(this ILogger log, string verifierKey);

    [LoggerMessage(EventId = 2040, EventName = "LedgerReadOnly", Level = LogLevel.Warning,
        Message = "Ledger {Origin} was restored from a back-up: READ ONLY at {Entries} entries until 'ingest open-new-origin' is run")]
    public static partial void LedgerReadOnly(this ILogger log, string origin, ulong entries);
}
