namespace EdgeEnforcement.EdgeAgent.Uplink;

internal static partial class UplinkLog
{
    [LoggerMessage(7300, LogLevel.Information, "Connected to {Origin} in epoch {Epoch}; {Backlog} records to catch up", EventName = "Connected")]
    public static partial void Connected(this ILogger logger, string origin, uint epoch, ulong backlog);

    [LoggerMessage(7301, LogLevel.Warning, "The centre is not there ({Reason}); next try in {Seconds:F1} s", EventName = "Disconnected")]
    public static partial void Disconnected(this ILogger logger, string reason, double seconds);

    [LoggerMessage(7308, LogLevel.Warning, "{Failed} does not reach the centre ({Reason}); trying {Other}", EventName = "OtherWay")]
    public static partial void OtherWay(this ILogger logger, string failed, string reason, string other);

    [LoggerMessage(7302, LogLevel.Error, "ALARM {Name}: {Detail}", EventName = "Alarm")]
    public static partial void Alarm(this ILogger logger, string name, string detail);

    [LoggerMessage(7306, LogLevel.Warning, "{Key} was told to come later ({Name}: {Detail}); it and its like wait", EventName = "RecordsWait")]
    public static partial void RecordsWait(this ILogger logger, string key, string name, string detail);

    [LoggerMessage(7307, LogLevel.Information, "{Class} goes on", EventName = "RecordsGoOn")]
    public static partial void RecordsGoOn(this ILogger logger, string @class);

    [LoggerMessage(7303, LogLevel.Information, "Registered as {Producer} with {Origin}, entry {Entry}", EventName = "Registered")]
    public static partial void Registered(this ILogger logger, string producer, string origin, ulong entry);

    [LoggerMessage(7304, LogLevel.Debug, "{Count} proofs under a tree of {Size}", EventName = "Proved")]
    public static partial void Proved(this ILogger logger, int count, ulong size);

    [LoggerMessage(7305, LogLevel.Warning, "Proofs wait: {Reason}; next try in {Seconds:F1} s", EventName = "ProofsWait")]
    public static partial void ProofsWait(this ILogger logger, string reason, double seconds);

    [LoggerMessage(7340, LogLevel.Error, "{Old} goes on as {New} from entry {RestoredSize}; lost at the centre: {Lost}", EventName = "OriginChanged")]
    public static partial void OriginChanged(this ILogger logger, string old, string @new, ulong restoredSize, string lost);

    [LoggerMessage(7341, LogLevel.Warning, "The custodian accepted {New} in place of {Old}", EventName = "OriginAccepted")]
    public static partial void OriginAccepted(this ILogger logger, string @new, string old);

    [LoggerMessage(7342, LogLevel.Error, "accept-origin names {VerifierKey}, which is not the key the centre answers with", EventName = "OriginNotSeen")]
    public static partial void OriginNotSeen(this ILogger logger, string verifierKey);

    [LoggerMessage(7310, LogLevel.Information, "{Path} of {Recorder} is at the centre, entry {Entry}", EventName = "Uploaded")]
    public static partial void Uploaded(this ILogger logger, string path, string recorder, ulong entry);

    [LoggerMessage(7311, LogLevel.Warning, "Upload of {Path} waits: {Reason}; next try in {Seconds:F1} s", EventName = "UploadWaits")]
    public static partial void UploadWaits(this ILogger logger, string path, string reason, double seconds);

    [LoggerMessage(7312, LogLevel.Warning, "{Path} of {Recorder} was lawfully deleted at the centre and is not sent any more; the station's copy stays as its policy says", EventName = "ErasedAtCentre")]
    public static partial void ErasedAtCentre(this ILogger logger, string path, string recorder);

    [LoggerMessage(7320, LogLevel.Information, "Spool segment of epoch {Epoch} {Class} {First} to {Last} is proved in the ledger and was deleted", EventName = "SegmentDeleted")]
    public static partial void SegmentDeleted(this ILogger logger, uint epoch, string @class, ulong first, ulong last);

    [LoggerMessage(7321, LogLevel.Debug, "Cleaning the spool waits: {Reason}", EventName = "CleaningWaits")]
    public static partial void CleaningWaits(this ILogger logger, string reason);
}
