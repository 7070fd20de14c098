using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.EdgeAgent.Spool;

internal static partial class SpoolLog
{
    [LoggerMessage(7100, LogLevel.Information, "Epoch {Epoch} is open ({Reason}); last P0 sequence {LastSequence}", EventName = "EpochOpen")]
    public static partial void EpochOpen(this ILogger logger, uint epoch, string reason, ulong lastSequence);

    [LoggerMessage(7101, LogLevel.Warning, "Epoch {Epoch} has to be left: {Reason}", EventName = "RolloverRequested")]
    public static partial void RolloverRequested(this ILogger logger, uint epoch, string reason);

    [LoggerMessage(7102, LogLevel.Warning, "A tail that nobody was promised was cut in {Directory}: {Cut}", EventName = "SpoolTailCut")]
    public static partial void SpoolTailCut(this ILogger logger, string directory, string cut);

    [LoggerMessage(7104, LogLevel.Error, "{Fault} The numbering counts as lost: the centre names a new epoch", EventName = "EpochStateDamaged")]
    public static partial void EpochStateDamaged(this ILogger logger, string fault);

    [LoggerMessage(7103, LogLevel.Error, "Record {Key} was refused for good ({Name}: {Detail}); it lies in {QuarantineName}", EventName = "RecordRefused")]
    public static partial void RecordRefused(this ILogger logger, string key, string name, string detail, string quarantineName);
}
