using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using EdgeEnforcement.IngestService.Tests.Registers;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Guards;

/// <summary>Who acts, and the clocks he acts within.</summary>
internal static class PeopleGuardCases
{
    public static IEnumerable<GuardCase> All => [.. Officers, .. Separated, .. Deadlines];

    private static Func<Walk> To(State state) => () => Walks.To(state);

    private static IEnumerable<GuardCase> Officers =>
    [
        new("ROLE", "a custodian", Kind.File, To(State.A1Lead)) { Break = act => act.Role = OfficerRole.EvidenceCustodian },
        new("OFFICER_OFFICER", "nobody of that name", Kind.File, To(State.A1Lead)) { Break = act => act.Actor.Id = "nobody" },
        new("OFFICER_OFFICER", "no actor at all", Kind.File, To(State.A1Lead)) { Break = act => act.Actor = null },
        new("OFFICER_UNIT", "the case's unit is gone", Kind.SubmitEvidence, To(State.A1Lead))
        {
            Spoil = walk => walk.Case.HandlingUnitId = "nowhere",
        },
        new("OFFICER_CERTIFICATE", "his certificate ran out", Kind.File, To(State.A1Lead)) { Break = act => act.Actor.Id = Crew.Expired },
        new("OFFICER_DOMAIN", "his certificate is of another domain", Kind.File, To(State.A1Lead))
        {
            Break = act => act.Actor.Id = Crew.Foreign,
        },
        new("OFFICER_LEAVE", "on leave", Kind.File, To(State.A1Lead)) { Break = act => act.Actor.Id = Crew.OnLeave },
        new("OFFICER_RECUSAL", "recused", Kind.File, To(State.A1Lead)) { Break = act => act.Actor.Id = Crew.Recused },
        new("OFFICER_ROLE", "the head of another agency", Kind.Approve, () => Walks.To(State.A1Lead).Ask(Kind.File))
        {
            Break = act => act.Actor.Id = Crew.OtherHead,
        },
        new("TWO_OFFICERS", "alone", Kind.RecordInvestigation, To(State.B1Investigating)) { Break = act => act.SecondOfficerId = "" },
        new("TWO_OFFICERS", "himself twice", Kind.RecordInvestigation, To(State.B1Investigating))
        {
            Break = act => act.SecondOfficerId = act.Actor.Id,
        },
        new("OFFICER_CERTIFICATE", "the second one's ran out", Kind.Remind, To(State.A2EvidenceReview))
        {
            Break = act => act.SecondOfficerId = Crew.Expired,
        },
        new("OFFICER_CERTIFICATE", "none on the day of the record", Kind.RecordInvestigation, To(State.B1Investigating))
        {
            Break = act => act.Record.From = RegisterWorld.Stamp("2025-12-30 09:00"),
        },
        new("TWO_OFFICERS", "one assigned twice", Kind.AssignOfficers, To(State.B0Filed))
        {
            Break = act => act.Officers.SecondOfficerId = Crew.A,
        },
        new("OFFICER_RECUSAL", "a recused one assigned", Kind.AssignOfficers, To(State.B0Filed))
        {
            Break = act => act.Officers.SecondOfficerId = Crew.Recused,
        },
        new("ASSIGNED", "a handler of other cases", Kind.RecordInvestigation, To(State.B1Investigating))
        {
            Break = act => act.SecondOfficerId = Crew.C,
        },
        new("SAID", "changed without a reason", Kind.AssignOfficers, To(State.C0LegalReview)) { Break = act => act.Officers.Reason = "" },
    ];

    // The person who holds every role, in a case in which he handled.
    private static IEnumerable<GuardCase> Separated =>
    [
        new("OFFICER_SEPARATION", "a handler reviews", Kind.GiveOpinion, To(State.C0LegalReview))
        {
            Spoil = Handled, Break = act => act.Actor.Id = Crew.Everything,
        },
        new("OFFICER_SEPARATION", "a handler presides", Kind.RecordHearing, () => Walks.To(State.D2Hearing).Pass(15))
        {
            Spoil = Handled,
            Break = act => (act.Actor.Id, act.Hearing.PresiderOfficerId) = (Crew.Everything, Crew.Everything),
        },
        new("OFFICER_SEPARATION", "a handler approves", Kind.Approve, () => Walks.To(State.A1Lead).Ask(Kind.File))
        {
            Spoil = Handled, Break = act => act.Actor.Id = Crew.Everything,
        },
        new("OFFICER_SEPARATION", "the reviewer is to handle", Kind.AssignOfficers, To(State.D0Notice))
        {
            Spoil = walk => walk.Case.Participants.Add(new CaseParticipant { OfficerId = Crew.Everything, Roles = { OfficerRole.LegalReviewer } }),
            Break = act => act.Officers.SecondOfficerId = Crew.Everything,
        },
    ];

    private static IEnumerable<GuardCase> Deadlines =>
    [
        new("CLOCK_RUNS", "no such clock", Kind.ExtendDeadline, To(State.B1Investigating))
        {
            Break = act => act.Deadline.DeadlineId = "D-16",
        },
        new("REASON_LISTED", "no lawful reason", Kind.ExtendDeadline, To(State.B1Investigating))
        {
            Break = act => act.Deadline.ReasonCode = "busy",
        },
        new("EXTENSION_LIMIT", "31 days for a complex case", Kind.ExtendDeadline, To(State.B1Investigating))
        {
            Break = act => act.Deadline.Units = 31,
        },
        new("EXTENSION_LIMIT", "30 days twice", Kind.ExtendDeadline, To(State.B1Investigating))
        {
            Spoil = walk => walk.Do(Kind.ExtendDeadline),
        },
        new("EXTENSION_LIMIT", "a sum that overflows", Kind.ExtendDeadline, () => Walks.To(State.B1Investigating).Do(Kind.ExtendDeadline, act => act.Deadline.Units = 1))
        {
            Fill = act => act.Deadline.Units = 29, Break = act => act.Deadline.Units = uint.MaxValue,
        },
        new("REASON_LISTED", "no lawful pause", Kind.PauseClock, To(State.B1Investigating))
        {
            Break = act => act.Deadline.ReasonCode = "busy",
        },
        new("NOT_PAUSED", "twice", Kind.PauseClock, To(State.B1Investigating)) { Spoil = walk => walk.Do(Kind.PauseClock) },
        new("CLOCK_NOT_OVER", "after its end", Kind.PauseClock, To(State.B1Investigating)) { Spoil = walk => walk.Pass(120) },
        new("PAUSED", "nothing stands still", Kind.ResumeClock, () => Walks.To(State.B1Investigating).Do(Kind.PauseClock))
        {
            Spoil = walk => walk.Do(Kind.ResumeClock),
        },
        new("CLOCK_D-01", "91 days", Kind.DecidePenalty, () => Walks.To(State.D1Defence).Pass(15)) { Spoil = walk => walk.Pass(90) },
        new("CLOCK_D-33", "the second day of the defence period", Kind.DecidePenalty, () => Walks.To(State.D1Defence).Pass(15))
        {
            Spoil = walk => walk.Pass(-13).Case.Notice.HearingOffered = false,
        },
        new("CLOCK_D-06", "hearing may still be asked for", Kind.DecidePenalty, () => Walks.Noticed("market", 1_000_000).Pass(15))
        {
            Spoil = walk => walk.Pass(-10),
        },
    ];

    private static void Handled(Walk walk) =>
        walk.Case.Participants.Add(new CaseParticipant { OfficerId = Crew.Everything, Roles = { OfficerRole.Handler } });
}
