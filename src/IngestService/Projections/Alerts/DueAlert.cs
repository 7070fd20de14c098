namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>An alert that was not taken up in time (D-27).</summary>
/// <param name="DueMicros">Since 1970 UTC.</param>
/// <param name="RulesEntry">The rules that say so.</param>
internal sealed record DueAlert(string AlertId, long DueMicros, ulong RulesEntry);
