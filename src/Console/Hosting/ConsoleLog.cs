namespace EdgeEnforcement.OperatorConsole.Hosting;

internal static partial class ConsoleLog
{
    [LoggerMessage(EventId = 8000, EventName = "FeedConnected", Level = LogLevel.Information, Message = "Feed connected at ledger size {ProjectedSize}")]
    public static partial void FeedConnected(this ILogger logger, ulong projectedSize);

    [LoggerMessage(EventId = 8001, EventName = "FeedLost", Level = LogLevel.Warning, Message = "Feed lost ({Reason}); trying again")]
    public static partial void FeedLost(this ILogger logger, string reason);

    [LoggerMessage(EventId = 8002, EventName = "FeedSubscriberFailed", Level = LogLevel.Error, Message = "A page failed to refresh")]
    public static partial void FeedSubscriberFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 8100, EventName = "ActDone", Level = LogLevel.Information, Message = "Operator {OperatorId}: {Act} on {Subject} is entry {EntryIndex}")]
    public static partial void ActDone(this ILogger logger, string operatorId, string act, string subject, ulong entryIndex);

    [LoggerMessage(EventId = 8101, EventName = "ActRefused", Level = LogLevel.Debug, Message = "Operator {OperatorId}: {Act} on {Subject} refused: {Refusal}")]
    public static partial void ActRefused(this ILogger logger, string operatorId, string act, string subject, string refusal);

    [LoggerMessage(EventId = 8102, EventName = "ActUnanswered", Level = LogLevel.Warning, Message = "Operator {OperatorId}: {Act} on {Subject} got no answer ({Reason}); its outcome is unknown")]
    public static partial void ActUnanswered(this ILogger logger, string operatorId, string act, string subject, string reason);

    [LoggerMessage(EventId = 8200, EventName = "MediaUnreachable", Level = LogLevel.Warning, Message = "Media {ManifestIndex} could not be fetched from the service: {Reason}")]
    public static partial void MediaUnreachable(this ILogger logger, ulong manifestIndex, string reason);

    [LoggerMessage(EventId = 8300, EventName = "LedgerKeyPinned", Level = LogLevel.Information, Message = "Pinned the key of ledger {Origin}: {VerifierKey}")]
    public static partial void LedgerKeyPinned(this ILogger logger, string origin, string verifierKey);

    [LoggerMessage(EventId = 8301, EventName = "ProofFailed", Level = LogLevel.Error, Message = "Evidence {ManifestIndex} does not check: {Steps}")]
    public static partial void ProofFailed(this ILogger logger, ulong manifestIndex, string steps);
}
