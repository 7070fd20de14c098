using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Acts;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>What a worklist says of a case.</summary>
internal static class WorkColumns
{
    /// <summary>The running deadline that ends first; waiting periods and clocks that stand still are none.</summary>
    public static (ClockState Clock, long Micros)? NextDue(ProcedureCase subject)
    {
        (ClockState Clock, long Micros)? next = null;
        foreach (ClockState clock in subject.Clocks)
        {
            if (clock.StoppedAt is not null || clock.PausedSince is not null || clock.Effect == ClockEffect.Opens || Micros.Of(clock.DueAt) is not { } due)
                continue;
            if (next is null || due < next.Value.Micros)
                next = (clock, due);
        }

        return next;
    }

    /// <summary>Somebody has something to do with it: it goes on, or its source waits for the result.</summary>
    public static bool IsOpen(ProcedureCase subject) => !ActTable.IsEnd(subject.State)
        || (subject.State is ProcedureState.A4LeadClosed or ProcedureState.A9Rechecked && LeadActs.IsFeedbackOwed(subject));

    /// <summary>As a column: the largest number where none runs.</summary>
    public static long DueMicros(ProcedureCase subject) => NextDue(subject)?.Micros ?? long.MaxValue;

    public static ulong? DecidedEntry(ProcedureCase subject) => subject.Acts.LastOrDefault(made => !made.Requested
        && made.Kind is ProcedureActKind.DecidePenalty or ProcedureActKind.DecideNoPenalty or ProcedureActKind.DecideSimple)?.EntryIndex;

    public static bool IsReturned(ProcedureCase subject) => subject.State == ProcedureState.C1Returned
        || subject.Acts.LastOrDefault()?.Kind == ProcedureActKind.ReturnRequest;

    public static IEnumerable<string> Handlers(ProcedureCase subject)
    {
        IEnumerable<CaseParticipant> now = subject.Participants.Where(person => person.IsHandlerNow);
        return (now.Any() ? now : subject.Participants.Where(person => person.Roles.Contains(OfficerRole.Handler))).Select(person => person.OfficerId);
    }

    /// <summary>On whose lists it stands; nobody's once nothing is left to do.</summary>
    public static string[] HandlerRows(ProcedureCase subject) => IsOpen(subject) ? [.. Handlers(subject)] : [];
}
