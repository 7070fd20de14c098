using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// A report about an episode opens its alert or updates it. Only alerts: leads and cases are opened by people.
/// An update whose opening never came (its lane is slower, or it was given up) opens the alert too: a violation is not lost
/// because the first word of it was.
/// </summary>
/// <remarks>
/// Retrospective is what was decided late, not what came late: what a rule at the front end decided in time stays in time however long the
/// cable was out. Of an alert no rule decided, the time its record was made says whether it was in time; without one, its ingest.
/// </remarks>
internal static class AlertOpeningRule
{
    public const string Id = "系统规则 alert-opening@2";

    /// <summary>Older than this, measured from the end of what was observed, is late.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<Record> Decide(FieldAlert alert, ClerkCause cause, bool isOpen)
    {
        if (alert.EpisodeId.Length == 0)
            return [];
        if (isOpen)
            return [Update(alert, cause)];
        return alert.Phase == EpisodePhase.Cleared ? [Open(alert, cause), Update(alert, cause)] : [Open(alert, cause)];
    }

    private static Record Open(FieldAlert alert, ClerkCause cause)
    {
        AlertOpened opened = new()
        {
            AlertId = alert.EpisodeId,
            Cause = cause.Of(Id),
            Kind = alert.Kind,
            Severity = alert.Severity,
            Title = alert.Title,
            Description = alert.Description,
            SourceDevice = cause.SourceDevice,
            Producer = cause.Producer,
            Rule = alert.RuleVersion.Length == 0 ? alert.Rule : $"{alert.Rule}@{alert.RuleVersion}",
            Target = alert.Target,
            Place = alert.Place,
            Retrospective = alert.Retrospective || (alert.Basis is null && LateByMs(alert, cause.MadeMicros) > 0),
            Officer = alert.Officer,
            LateByMs = LateByMs(alert, cause.IngestMicros),
        };
        if (alert.Position is not null)
            opened.Position = alert.Position;
        if (alert.EpisodeStart is not null)
            opened.EpisodeStart = alert.EpisodeStart;
        if (alert.ObservedAt is not null)
            opened.ObservedAt = alert.ObservedAt;
        return new Record { Preconditions = { ClerkFact.OnNewAlert(alert.EpisodeId) }, AlertOpened = opened };
    }

    private static Record Update(FieldAlert alert, ClerkCause cause)
    {
        AlertUpdated updated = new()
        {
            AlertId = alert.EpisodeId,
            Cause = cause.Of(Id),
            Phase = alert.Phase == EpisodePhase.Cleared ? EpisodePhase.Cleared : EpisodePhase.Updated,
            Severity = alert.Severity,
            Count = alert.Count,
            WorstValue = alert.WorstValue,
        };
        if (alert.ObservedAt is not null)
            updated.ObservedAt = alert.ObservedAt;
        return new Record { Preconditions = { ClerkFact.OnAlert(alert.EpisodeId) }, AlertUpdated = updated };
    }

    // 0 when in time, and when the alert does not say when it was observed.
    private static ulong LateByMs(FieldAlert alert, long atMicros)
    {
        if (SqliteColumns.ToMicros(alert.ObservedAt) is not { } observed)
            return 0;
        long late = atMicros - observed;
        return late > LateAfter.TotalMicroseconds ? (ulong)late / 1000 : 0;
    }
}
