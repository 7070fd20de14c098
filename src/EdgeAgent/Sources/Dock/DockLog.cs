using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

internal static partial class DockLog
{
    [LoggerMessage(7200, LogLevel.Information, "Bay {Bay}: recorder {Recorder} inserted ({Source}); clock {OffsetSeconds:F1} s off, known to {UncertaintySeconds:F1} s", EventName = "RecorderInserted")]
    public static partial void RecorderInserted(this ILogger logger, int bay, string recorder, string source, double offsetSeconds, double uncertaintySeconds);

    [LoggerMessage(7201, LogLevel.Warning, "Bay {Bay}: amber, {Reason}", EventName = "BayAmber")]
    public static partial void BayAmber(this ILogger logger, int bay, string reason);

    [LoggerMessage(7202, LogLevel.Information, "Bay {Bay}: {Path} is in station custody, {Bytes} bytes, manifest {Manifest}", EventName = "FileTaken")]
    public static partial void FileTaken(this ILogger logger, int bay, string path, ulong bytes, string manifest);

    [LoggerMessage(7203, LogLevel.Debug, "Bay {Bay}: {Path} is known already", EventName = "FileKnown")]
    public static partial void FileKnown(this ILogger logger, int bay, string path);

    [LoggerMessage(7204, LogLevel.Warning, "Bay {Bay}: {Path} not taken: {Fault}, {Detail}", EventName = "FileNotTaken")]
    public static partial void FileNotTaken(this ILogger logger, int bay, string path, string fault, string detail);

    [LoggerMessage(7205, LogLevel.Information, "Bay {Bay}: recorder {Recorder} released, {Files} files, before anchor: {BeforeAnchor}", EventName = "RecorderReleased")]
    public static partial void RecorderReleased(this ILogger logger, int bay, string recorder, int files, bool beforeAnchor);

    [LoggerMessage(7206, LogLevel.Information, "Bay {Bay}: recorder {Recorder} removed", EventName = "RecorderRemoved")]
    public static partial void RecorderRemoved(this ILogger logger, int bay, string recorder);

    [LoggerMessage(7207, LogLevel.Warning, "Bay {Bay}: recorder {Recorder} was pulled out early, {Missing} files not copied", EventName = "RemovedEarly")]
    public static partial void RemovedEarly(this ILogger logger, int bay, string recorder, int missing);

    [LoggerMessage(7208, LogLevel.Error, "Bay {Bay}: the scan failed and is tried again", EventName = "ScanFailed")]
    public static partial void ScanFailed(this ILogger logger, Exception cause, int bay);

    [LoggerMessage(7209, LogLevel.Error, "{Path} of recorder {Recorder} has a manifest but no whole copy at the station; it is taken again when the recorder comes back", EventName = "CopyMissing")]
    public static partial void CopyMissing(this ILogger logger, string path, string recorder);
}
