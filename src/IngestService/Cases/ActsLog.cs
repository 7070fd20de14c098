using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases;

internal static partial class ActsLog
{
    [LoggerMessage(EventId = 4000, EventName = "ActTaken", Level = LogLevel.Information,
        Message = "{Act} on {Subject} is entry {Index}, by {Actor}")]
    public static partial void ActTaken(this ILogger log, string act, string subject, ulong index, string actor);

    [LoggerMessage(EventId = 4001, EventName = "ActRefused", Level = LogLevel.Debug, Message = "{Act} refused: {Code}, {Detail}")]
    public static partial void ActRefused(this ILogger log, string act, RefusalCode code, string detail);
}
