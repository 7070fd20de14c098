using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Acts;
using EdgeEnforcement.IngestService.Procedure.Guards;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Desk.Procedure;

/// <summary>Acts that lead on from here. What is missing is said as far as it is known before anything is typed.</summary>
internal static class PermittedActs
{
    public static IEnumerable<PermittedAct> Of(
        ProcedureCase subject, string officerId, RegisterBook book, RegisterAsOf now, ProcedureRules rules, DateTimeOffset instant)
    {
        OfficerRole[] held = [.. RolesOf(officerId, book, now)];
        if (subject.Pending is { } pending)
        {
            foreach (ProcedureActKind kind in new[] { ProcedureActKind.Approve, ProcedureActKind.ReturnRequest })
                yield return new PermittedAct { Kind = kind, Roles = { pending.Approver }, IsMine = held.Contains(pending.Approver) };
            yield return new PermittedAct { Kind = ProcedureActKind.WithdrawRequest, Roles = { pending.Act.Role }, IsMine = pending.Act.Actor.Id == officerId };
        }

        foreach (ActDefinition definition in ActTable.All.Values.Where(definition => IsOffered(definition, subject)).OrderBy(definition => definition.Kind))
        {
            if (subject.Pending is not null && definition.Kind is not (ProcedureActKind.IssueDocument or ProcedureActKind.BindScan))
                continue;
            PermittedAct permitted = new()
            {
                Kind = definition.Kind,
                Approver = definition.Approver,
                IsMine = definition.Roles.Any(held.Contains) && IsHandlerWhereAsked(subject, definition, officerId),
            };
            permitted.Roles.AddRange(definition.Roles);
            permitted.Missing.AddRange(KnownMissing(subject, definition, book, rules, instant));
            yield return permitted;
        }
    }

    private static bool IsOffered(ActDefinition definition, ProcedureCase subject) =>
        definition.IsFrom(subject.State) && (definition.Kind != ProcedureActKind.GiveFeedback || LeadActs.IsFeedbackOwed(subject));

    // Asked with an act that says nothing: what fails besides the content itself (SAID) is missing already. The officer's own standing is asked
    // when he acts.
    private static IEnumerable<FailedGuard> KnownMissing(
        ProcedureCase subject, ActDefinition definition, RegisterBook book, ProcedureRules rules, DateTimeOffset instant)
    {
        ProcedureContext context = new(instant, book, 0, rules, [], new Dictionary<ulong, byte[]>());
        ActScope scope = new(subject, new ProcedureAct { Kind = definition.Kind, Actor = new Actor() }, context);
        ClockGuards.Open(scope);
        definition.Guards(scope);
        return scope.Guards.Failed.Where(guard => guard.Name is not "SAID" && !OfContent.Contains(guard.Name));
    }

    /// <summary>Guards that an empty act fails only because it is empty.</summary>
    private static readonly HashSet<string> OfContent =
    [
        "WAIVER_PROVED", "HEAD_ANSWERS", "DOCUMENT_ISSUED", "NOT_RECTIFIER", "NUMBER_LEASED", "CLOCK_RUNS",
    ];

    private static bool IsHandlerWhereAsked(ProcedureCase subject, ActDefinition definition, string officerId)
    {
        CaseParticipant[] handlers = [.. subject.Participants.Where(person => person.IsHandlerNow)];
        return !definition.Roles.SequenceEqual([OfficerRole.Handler]) || handlers.Length == 0 || handlers.Any(person => person.OfficerId == officerId);
    }

    private static IEnumerable<OfficerRole> RolesOf(string officerId, RegisterBook book, RegisterAsOf now)
    {
        if (officerId.Length == 0 || book.InForce(RegisterKind.Officer, officerId, now)?.Change.Officer is not { } officer)
            return [];
        return officer.Assignments.Where(held => DayPeriod.Of(held.FromDay, held.ThroughDay).Holds(now.Day)).SelectMany(held => held.Roles)
            .Concat(book.OwnedBy(RegisterKind.Substitution, officerId, now).SelectMany(written => written.Change.Substitution.Roles))
            .Concat(book.OwnedBy(RegisterKind.Reviewer, officerId, now).SelectMany(named => named.Change.Reviewer.Roles)).Distinct();
    }
}
