using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>
/// An alert as a span of time, and the entries that hold what the field said of it: its first report and its newest. Times are microseconds
/// since 1970 UTC; null where the field named none.
/// </summary>
internal sealed record AlertEpisode(
    string AlertId, string Title, AlertSeverity Severity, string Rule, bool Retrospective, long? StartMicros, long? ClearedMicros, ulong? FirstReport, ulong? NewestReport);
