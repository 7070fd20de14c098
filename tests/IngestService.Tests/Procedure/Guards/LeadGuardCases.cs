using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using EdgeEnforcement.IngestService.Tests.Registers;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Guards;

/// <summary>Leads, evidence, dispatch, filing, the simple procedure.</summary>
internal static class LeadGuardCases
{
    public static IEnumerable<GuardCase> All => [.. Evidence, .. Lead, .. Dispatch, .. Filing, .. Simple];

    private static Func<Walk> To(State state, string domain = "market") => () => Walks.To(state, domain);

    private static Walk Complaint()
    {
        Walk walk = new();
        walk.Case.Source = new LeadSource { Kind = LeadSourceKind.Complaint, ExternalNumber = "12345-1", FeedbackDue = true };
        return walk;
    }

    private static Func<Walk> Reviewed(string domain) => () => Walks.To(State.A2EvidenceReview, domain).Do(Kind.ReviewEvidence);

    private static IEnumerable<GuardCase> Evidence =>
    [
        new("EVIDENCE_PRESENT", "none is there", Kind.SubmitEvidence, To(State.A1Lead)) { Spoil = walk => walk.Detach("media/101") },
        new("HASH_MATCHES", "not verified", Kind.SubmitEvidence, To(State.A1Lead))
        {
            Spoil = walk => walk.Case.Evidence[0].Source.Verified = false,
        },
        new("EVIDENCE_KNOWN", "another case's file", Kind.ReviewEvidence, To(State.A2EvidenceReview))
        {
            Break = act => act.EvidenceReview.Items[0].EvidenceKey = "media/9",
        },
        new("FOUR_ANSWERS", "one is open", Kind.ReviewEvidence, To(State.A2EvidenceReview))
        {
            Break = act => act.EvidenceReview.Items[0].IsClear = Answer.Unspecified,
        },
        new("NO_WITH_REASON", "no and no reason", Kind.ReviewEvidence, To(State.A2EvidenceReview))
        {
            Break = act => act.EvidenceReview.Items[0].IsClear = Answer.No,
        },
        new("REVIEWER_NOT_UPLOADER", "he recorded it", Kind.ReviewEvidence, To(State.A2EvidenceReview))
        {
            Spoil = walk => walk.Case.Evidence[0].Source.Uploader = "n-" + Crew.EvidenceReviewer,
        },
        new("REVIEWER_NOT_HANDLER", "he submitted it", Kind.ReviewEvidence, To(State.A2EvidenceReview))
        {
            Spoil = walk => walk.Case.Participants.Add(new CaseParticipant { OfficerId = Crew.EvidenceReviewer, Roles = { OfficerRole.Handler } }),
        },
        new("SAID", "nothing reviewed", Kind.ReviewEvidence, To(State.A2EvidenceReview))
        {
            Break = act => act.EvidenceReview.Items.Clear(),
        },
    ];

    private static IEnumerable<GuardCase> Lead =>
    [
        new("STATE", "no evidence review yet", Kind.Remind, To(State.A2EvidenceReview)) { Spoil = walk => walk.Case.State = State.A1Lead },
        new("PENDING", "a request waits", Kind.CloseLead, To(State.A1Lead)) { Spoil = walk => walk.Ask(Kind.CloseLead) },
        new("PENDING", "nothing waits", Kind.Approve, () => Walks.To(State.A1Lead).Ask(Kind.CloseLead))
        {
            Spoil = walk => walk.Do(Kind.WithdrawRequest),
        },
        new("OTHER_CASE_OPEN", "into an archived case", Kind.Merge, To(State.A1Lead)) { Spoil = walk => walk.LinkedState = State.G1Archived },
        new("OTHER_CASE_OPEN", "into one that was merged itself", Kind.Merge, To(State.A1Lead)) { Spoil = walk => walk.LinkedState = State.A1MMerged },
        new("REQUEST_SEEN", "another request", Kind.Approve, () => Walks.To(State.A1Lead).Ask(Kind.CloseLead))
        {
            Break = act => act.Answer.RequestEntry++,
        },
        new("OTHER_PERSON", "he asked himself", Kind.Approve, () => Walks.To(State.A1Lead).Ask(Kind.CloseLead))
        {
            Break = act => act.Actor.Id = Crew.A,
        },
        new("HAPPENED", "before it was asked", Kind.Approve, () => Walks.To(State.A1Lead).Ask(Kind.CloseLead).Pass(1))
        {
            Break = act => act.HappenedAt = RegisterWorld.Stamp("2026-03-02 08:00"),
        },
        new("HAPPENED", "in the future", Kind.SubmitEvidence, To(State.A1Lead))
        {
            Break = act => act.HappenedAt = RegisterWorld.Stamp("2026-03-02 09:01"),
        },
        new("SAID", "returned without opinion", Kind.ReturnRequest, () => Walks.To(State.A1Lead).Ask(Kind.CloseLead))
        {
            Break = act => act.Answer.Opinion = " ",
        },
        new("MINOR", "not minor", Kind.Remind, To(State.A2EvidenceReview)) { Break = act => act.Reminder.IsMinor = false },
        new("DUE_AHEAD", "due already", Kind.Remind, To(State.A2EvidenceReview))
        {
            Break = act => act.Reminder.DueAt = RegisterWorld.Stamp("2026-03-02 09:00"),
        },
        new("NO_HARM", "harm was done", Kind.ConfirmCorrection, To(State.A3Reminded)) { Break = act => act.Correction.HarmNone = false },
        new("EDUCATED", "nobody was educated", Kind.ConfirmCorrection, To(State.A3Reminded))
        {
            Break = act => act.Correction.Education = "",
        },
        new("REASON_LISTED", "a reason of his own", Kind.CloseLead, To(State.A1Lead))
        {
            Break = act => act.LeadClosing.ReasonCode = "tired",
        },
        new("OTHER_CASE", "with itself", Kind.Merge, To(State.A1Lead)) { Break = act => act.LinkedCase.CaseId = Crew.CaseId },
        new("FEEDBACK_OWED", "nobody asked for it", Kind.GiveFeedback, () => Complaint()) { Spoil = walk => walk.Case.Source.FeedbackDue = false },
        new("FEEDBACK_OWED", "it was given", Kind.GiveFeedback, () => Complaint()) { Spoil = walk => walk.Do(Kind.GiveFeedback) },
        new("SAID", "not how", Kind.GiveFeedback, () => Complaint().Do(Kind.CloseLead)) { Break = act => act.Feedback.How = "" },
        new("UNIT_KNOWN", "no such unit", Kind.Move, To(State.A1Lead)) { Break = act => act.Move.ToUnitId = "nowhere" },
    ];

    private static IEnumerable<GuardCase> Dispatch =>
    [
        new("LEVEL", "no such level", Kind.Dispatch, To(State.A1Lead)) { Break = act => act.Dispatch.ReceiverLevel = "province" },
        new("ONE_LEVEL_UP", "the same level", Kind.EscalateDispatch, To(State.A7Dispatched))
        {
            Break = act => act.Dispatch.ReceiverLevel = "town",
        },
        new("BEFORE_AFTER", "no photo after", Kind.Rectify, To(State.A7Dispatched)) { Break = act => act.Rectification.AfterKeys.Clear() },
        new("NOT_RECTIFIER", "rechecks his own work", Kind.Recheck, To(State.A8Rectified))
        {
            Spoil = walk => walk.Case.Acts[^1].OfficerId = Crew.UnitHead,
        },
    ];

    private static IEnumerable<GuardCase> Filing =>
    [
        new("SAID", "no filing standard", Kind.File, To(State.A1Lead)) { Break = act => act.Filing.FilingStandard = "" },
        new("SAID", "no party", Kind.File, To(State.A1Lead)) { Break = act => act.Filing.PartyName = "" },
        new("ACT_DAYS", "ends before it begins", Kind.File, To(State.A1Lead)) { Break = act => act.Filing.ActThroughDay = "2026-02-09" },
        new("ACT_DAYS", "tomorrow", Kind.File, To(State.A1Lead)) { Break = act => act.Filing.ActThroughDay = "2026-03-03" },
        new("COMPETENCE", "an item nobody gave it", Kind.File, To(State.A1Lead)) { Break = act => act.Filing.ItemId = "item-unknown" },
        new("COMPETENCE", "another territory", Kind.File, To(State.A1Lead)) { Break = act => act.Filing.TerritoryId = "elsewhere" },
        new("LIMITATION", "found after two years", Kind.File, To(State.A1Lead))
        {
            Break = act => (act.Filing.ActFromDay, act.Filing.ActThroughDay) = ("2024-01-01", "2024-03-01"),
        },
        new("ONE_FINE", "another agency fined it", Kind.File, To(State.A1Lead))
        {
            Spoil = walk => walk.Party.Add(new PartyDecision("他机关1号", Crew.Item("market"), new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 10), Fined: true, 3)),
        },
        new("MONITOR_REVIEWED", "monitors alone", Kind.File, To(State.A1Lead))
        {
            Spoil = walk => walk.Detach("media/101").Attach(Walk.Reading()),
        },
        new("EVIDENCE_LEFT", "all of it excluded", Kind.File, () => Walks.To(State.A2EvidenceReview).Do(Kind.ReviewEvidence))
        {
            Spoil = walk => walk.Case.Evidence[0].Outcome = EvidenceOutcome.Excluded,
        },
        new("EVIDENCE_REVIEWED", "one item is open", Kind.File, () => Walks.To(State.A2EvidenceReview).Do(Kind.ReviewEvidence))
        {
            Spoil = walk => walk.Attach(Walk.Footage("media/102")),
        },
    ];

    private static IEnumerable<GuardCase> Simple =>
    [
        new("ID_SHOWN", "certificate not shown", Kind.StartSimple, To(State.A1Lead)) { Break = act => act.Simple.IdentityShown = false },
        new("RIGHTS_TOLD", "rights not told", Kind.StartSimple, To(State.A1Lead)) { Break = act => act.Simple.RightsTold = false },
        new("HEARD", "party not heard", Kind.StartSimple, To(State.A1Lead)) { Break = act => act.Simple.Statement = "" },
        new("BASIS", "an article that is no article", Kind.StartSimple, To(State.A1Lead))
        {
            Break = act => act.Simple.Basis[0] = "APL-999",
        },
        new("TWO_OFFICERS", "one officer", Kind.StartSimple, To(State.A1Lead)) { Break = act => act.SecondOfficerId = "" },
        new("CITED_REVIEWED", "a monitor's record nobody reviewed", Kind.StartSimple, To(State.A1Lead))
        {
            Spoil = walk => walk.Attach(Walk.Reading()),
        },
        new("SIMPLE_AFTER_REVIEW", "a monitor's record in market supervision", Kind.StartSimple, Reviewed("traffic"))
        {
            Spoil = walk => walk.Rules = walk.Rules with { Profiles = [.. walk.Rules.Profiles.Select(profile => profile with { SimpleFromReviewFen = 0 })] },
        },
        new("ACT_DAYS", "found before it was done", Kind.StartSimple, To(State.A1Lead))
        {
            Break = act => act.HappenedAt = RegisterWorld.Stamp("2026-02-09 09:00"),
        },
        new("RECORDED", "on the spot in road traffic", Kind.StartSimple, To(State.A1Lead, "traffic"))
        {
            Break = act => act.Simple.NotRecordedReason = "",
        },
        new("RECORDED", "an excuse of his own", Kind.StartSimple, To(State.A1Lead, "traffic"))
        {
            Break = act => act.Simple.NotRecordedApprover = act.Actor.Id,
        },
        new("RECORDING_WHOLE", "a recording of another hour", Kind.StartSimple, To(State.A1Lead, "traffic"))
        {
            Fill = act =>
            {
                (act.Simple.NotRecordedReason, act.HappenedAt) = ("", RegisterWorld.Stamp("2026-03-01 08:30"));
                act.Simple.Media.Add(new MediaSegment { EvidenceKey = "media/101", FromMs = 1_500_000, UntilMs = 2_400_000 });
            },
            Break = act => act.HappenedAt = RegisterWorld.Stamp("2026-03-01 09:30"),
        },
        new("HAPPENED", "decided before it was found", Kind.DecideSimple, To(State.X1Simple))
        {
            Break = act => act.HappenedAt = RegisterWorld.Stamp("2026-03-02 08:00"),
        },
        new("DECISION_HANDED_OVER", "reported before the party had it", Kind.ReportSimple, () => Walks.To(State.X2SimpleDecided).Paper(DocumentKind.SimpleDecision))
        {
            Spoil = walk => walk.Case.Documents[^1].ScanSha256 = Google.Protobuf.ByteString.Empty,
        },
        new("SIMPLE_LIMIT", "road traffic by monitor, 200.01 yuan", Kind.DecideSimple, () => Reviewed("traffic")()
            .Do(Kind.StartSimple, act => act.Simple.Finding.PartyKind = PartyKind.Organisation))
        {
            Fill = act => act.SimpleDecision.Sanction.FineFen = 20_000, Break = act => act.SimpleDecision.Sanction.FineFen = 20_001,
        },
        new("SIMPLE_KINDS", "a licence", Kind.DecideSimple, To(State.X1Simple))
        {
            Break = act => act.SimpleDecision.Sanction.Kinds.Add(SanctionKind.RevokeLicence),
        },
        new("SIMPLE_LIMIT", "citizen, 200.01 yuan", Kind.DecideSimple, To(State.X1Simple))
        {
            Fill = act => act.SimpleDecision.Sanction.FineFen = 20_000, Break = act => act.SimpleDecision.Sanction.FineFen = 20_001,
        },
        new("SIMPLE_LIMIT", "organisation, 3,000.01 yuan", Kind.DecideSimple,
            () => new Walk().Do(Kind.StartSimple, act => act.Simple.Finding.PartyKind = PartyKind.Organisation))
        {
            Fill = act => act.SimpleDecision.Sanction.FineFen = 300_000, Break = act => act.SimpleDecision.Sanction.FineFen = 300_001,
        },
        new("NUMBER_LEASED", "no form", Kind.DecideSimple, To(State.X1Simple)) { Break = act => act.SimpleDecision.LeasedNumber = "" },
        new("NUMBER_LEASED", "a form that was used", Kind.DecideSimple, To(State.X1Simple))
        {
            Spoil = walk => walk.LeasedNumberFault = "已使用",
        },
        new("COLLECTOR", "more than a hundred yuan in cash", Kind.DecideSimple, To(State.X1Simple))
        {
            Fill = act => act.SimpleDecision.CollectedOnTheSpot = true, Break = act => act.SimpleDecision.Sanction.FineFen = 10_001,
        },
        new("SAID", "remedy not told", Kind.DecideSimple, To(State.X1Simple)) { Break = act => act.SimpleDecision.Remedy = "" },
    ];
}
