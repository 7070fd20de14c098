using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.EdgeAgent.Detection;

internal static partial class DetectionLog
{
    [LoggerMessage(7700, LogLevel.Information, "Rule set {RuleSet} {Version} ({Rules} rules, SHA-256 {Sha256}) is in force; {Ended} open episodes of changed rules ended", EventName = "RuleSetActivated")]
    public static partial void RuleSetActivated(this ILogger logger, string ruleSet, string version, int rules, string sha256, int ended);

    [LoggerMessage(7701, LogLevel.Error, "The rule file {File} is refused whole, {Errors} errors; in force stays: {InForce}", EventName = "RuleFileRefused")]
    public static partial void RuleFileRefused(this ILogger logger, string file, int errors, string inForce);

    [LoggerMessage(7702, LogLevel.Error, "{File}, {Error}", EventName = "RuleFileError")]
    public static partial void RuleFileError(this ILogger logger, string file, string error);

    [LoggerMessage(7703, LogLevel.Information, "Detection goes on with rule set {RuleSet} {Version}; {Unsaid} reports of before are still to be said", EventName = "DetectionResumed")]
    public static partial void DetectionResumed(this ILogger logger, string ruleSet, string version, int unsaid);

    [LoggerMessage(7704, LogLevel.Error, "Detection's state is lost ({Reason}): the spool is judged again from its beginning, what was said is not said again", EventName = "DetectionStateLost")]
    public static partial void DetectionStateLost(this ILogger logger, string reason);

    [LoggerMessage(7705, LogLevel.Warning, "Detection waits: {Reason}", EventName = "DetectionWaits")]
    public static partial void DetectionWaits(this ILogger logger, string reason);

    [LoggerMessage(7706, LogLevel.Error, "Record {Key} of the spool cannot be read and was not judged", EventName = "RecordNotJudged")]
    public static partial void RecordNotJudged(this ILogger logger, string key);

    [LoggerMessage(7707, LogLevel.Information, "{Rule} on {Station}: {Phase} {EpisodeId}", EventName = "Decided")]
    public static partial void Decided(this ILogger logger, string rule, string station, string phase, string episodeId);
}
