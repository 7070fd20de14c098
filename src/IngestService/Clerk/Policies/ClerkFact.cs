using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>Identity and preconditions of the clerk's facts.</summary>
internal static class ClerkFact
{
    public const string Producer = "clerk";
    public const uint Epoch = 1;

    /// <summary>An alert is opened once: its stream must not exist.</summary>
    public static StreamPrecondition OnNewAlert(string alertId) => new() { Stream = AlertStream.Of(alertId) };

    public static StreamPrecondition OnAlert(string alertId) => new() { Stream = AlertStream.Of(alertId), AnyVersion = true };

    public static StreamPrecondition OnEvidence(string caseId) => new() { Stream = CaseStream.Evidence(caseId), AnyVersion = true };

    public static Record Of(Attachment attachment, ClerkCause cause) => new()
    {
        Preconditions = { OnEvidence(attachment.CaseId) },
        MediaAttached = new MediaAttached
        {
            CaseId = attachment.CaseId,
            ManifestIndex = attachment.ManifestIndex,
            Cause = cause.Of(attachment.Rule),
            Reason = attachment.Reason,
            Explanation = attachment.Explanation,
        },
    };

    /// <summary>The number is the clerk's own counter: decided again after a crash, the same fact has the same bytes.</summary>
    public static void Number(Record fact, ulong sequence)
    {
        fact.Identity = new RecordIdentity { Producer = Producer, Epoch = Epoch, RecordClass = RecordClass.P0, Sequence = sequence };
        fact.Sensitivity = Sensitivity.Internal;
    }
}
