using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Media;

internal static partial class MediaLog
{
    [LoggerMessage(EventId = 1350, EventName = "MediaStored", Level = LogLevel.Information,
        Message = "Media of manifest {ManifestIndex} stored as {Content}, entry {EntryIndex}")]
    public static partial void Stored(this ILogger log, ulong manifestIndex, Sha256Hash content, ulong entryIndex);

    [LoggerMessage(EventId = 1351, EventName = "MediaQuarantined", Level = LogLevel.Error,
        Message = "Media of manifest {ManifestIndex} lies in quarantine as {QuarantineName}: {Reason}")]
    public static partial void Quarantined(this ILogger log, ulong manifestIndex, string quarantineName, string reason);
}
