using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Guards;

/// <summary>Notice, defence, hearing, decision, service, performance, archive.</summary>
internal static class DecisionGuardCases
{
    private static readonly PartyDecision Earlier = new("旧案", Crew.Item("market"), new DateOnly(2026, 2, 11), new DateOnly(2026, 2, 11), Fined: true, 3);

    public static IEnumerable<GuardCase> All => [.. Notice, .. Hearing, .. Penalty, .. NoPenalty, .. Service, .. End];

    private static Func<Walk> To(State state, string domain = "market") => () => Walks.To(state, domain);

    private static Func<Walk> Decidable => () => Walks.To(State.D1Defence).Pass(15);

    private static Func<Walk> Printed => () => Walks.To(State.D0Notice).Paper(DocumentKind.PenaltyNotice);

    private static IEnumerable<GuardCase> Notice =>
    [
        new("NOTICE_CURRENT", "of the report before", Kind.ServeNotice, Printed)
        {
            Spoil = walk => walk.Case.Documents[^1].ReportSha256 = EndContents.Hash(1),
        },
        new("REVIEW_VALID", "an item more since", Kind.ServeNotice, Printed)
        {
            Spoil = walk => Proven(walk.Attach(Walk.Footage("media/102"))),
        },
        new("HEARING_TOLD", "ten thousand yuan and no word of a hearing", Kind.ServeNotice, () => Heavy(hearing: "2026年"))
        {
            Spoil = walk => walk.Case.Documents[^1].Fields.Remove("hearing_due"),
        },
        new("SCAN_BOUND", "not signed", Kind.ServeNotice, Printed)
        {
            Spoil = walk => walk.Case.Documents[^1].ScanSha256 = ByteString.Empty,
        },
        new("DOCUMENT_ISSUED", "another kind of paper", Kind.ServeNotice, Printed)
        {
            Spoil = walk => walk.Case.Documents[^1].Kind = DocumentKind.CorrectionOrder, Break = act => act.Service.DocumentId = "C-1/1",
        },
        new("DEFENCE_STATED", "there is none", Kind.RecheckDefence, () => Walks.To(State.D1Defence).Do(Kind.RecordDefence))
        {
            Spoil = walk => walk.Case.Defences.Clear(),
        },
        new("HAPPENED", "a waiver before the notice", Kind.WaiveDefence,
            () => Walks.To(State.D0Notice).Pass(2).Paper(DocumentKind.PenaltyNotice).Do(Kind.ServeNotice))
        {
            Break = act => act.HappenedAt = RegisterWorld.Stamp("2026-03-03 09:00"),
        },
        new("WAIVER_PROVED", "no proof", Kind.WaiveDefence, To(State.D1Defence)) { Break = act => act.Defence.EvidenceKey = "" },
    ];

    private static IEnumerable<GuardCase> Hearing =>
    [
        new("HEARING_RIGHT", "none was offered", Kind.RequestHearing, () => Walks.Noticed("market", 1_000_000))
        {
            Spoil = walk => walk.Case.Notice.HearingOffered = false,
        },
        new("HEARING_IN_TIME", "the sixth working day", Kind.RequestHearing, () => Walks.Noticed("market", 1_000_000).Pass(7))
        {
            Spoil = walk => walk.Pass(1),
        },
        new("HEARING_NOT_HELD", "it was held", Kind.RequestHearing, () => Walks.Noticed("market", 1_000_000))
        {
            Spoil = walk => walk.Case.Hearing = new HearingRecord { HeldAt = walk.Case.Notice.ServedAt },
        },
        new("HEARING_NOTIFIED", "six working days before", Kind.RecordHearing, () => Walks.To(State.D2Hearing).Pass(9))
        {
            Spoil = walk => walk.Pass(-1),
        },
        new("HEARING_TIMES", "tomorrow", Kind.RecordHearing, () => Walks.To(State.D2Hearing).Pass(15))
        {
            Break = act => act.Hearing.HeldAt = RegisterWorld.Stamp("2026-03-18 09:00"),
        },
        new("HEARING_TIMES", "told of before the notice", Kind.RecordHearing, () => Walks.To(State.D2Hearing).Pass(15))
        {
            Break = act => act.Hearing.NotifiedAt = RegisterWorld.Stamp("2026-03-01 09:00"),
        },
        new("PRESIDER", "another presided", Kind.RecordHearing, () => Walks.To(State.D2Hearing).Pass(15))
        {
            Break = act => act.Hearing.PresiderOfficerId = Crew.Server,
        },
        new("SIGNED_OR_REFUSED", "transcript not signed", Kind.RecordHearing, () => Walks.To(State.D2Hearing).Pass(15))
        {
            Break = act => act.Hearing.Signed = false,
        },
        new("HEARING_SETTLED", "a request is open", Kind.DecidePenalty, Decidable) { Spoil = walk => walk.Case.HearingRequested = true },
        new("HEARING_PERIOD", "four days of five", Kind.Discuss, () => Walks.Noticed("market", 1_000_000).Pass(15))
        {
            Spoil = walk => walk.Pass(-11),
        },
        new("HEARING_PERIOD", "rules without the period", Kind.DecidePenalty, () => Walks.Noticed("market", 1_000_000).Pass(15))
        {
            Spoil = walk => walk.Case.Clocks.Clear(),
        },
    ];

    private static IEnumerable<GuardCase> Penalty =>
    [
        new("NOTICE_SERVED", "none", Kind.DecidePenalty, Decidable) { Spoil = walk => walk.Case.Notice = null },
        new("DEFENCE_RECHECKED", "not looked at", Kind.DecidePenalty, () => Walks.To(State.D1Defence).Do(Kind.RecordDefence).Do(Kind.RecheckDefence).Pass(15))
        {
            Spoil = walk => walk.Case.DefenceRecheck = "",
        },
        new("REVIEWED", "the last opinion found problems", Kind.DecidePenalty, Decidable)
        {
            Spoil = walk => walk.Case.Opinion.Agrees = false,
        },
        new("REVIEW_VALID", "an item more since", Kind.DecidePenalty, Decidable)
        {
            Spoil = walk => Proven(walk.Attach(Walk.Footage("media/102"))),
        },
        new("REVIEW_VALID", "an item less since", Kind.DecidePenalty, Decidable) { Spoil = walk => walk.Detach("media/101") },
        new("NOT_HEAVIER", "a yuan more", Kind.DecidePenalty, Decidable) { Break = act => act.Decision.Sanction.FineFen += 100 },
        new("NOT_HEAVIER", "a warning besides", Kind.DecidePenalty, Decidable)
        {
            Break = act => act.Decision.Sanction.Kinds.Add(SanctionKind.Warning),
        },
        new("SANCTION_REVIEWED", "less than was reviewed", Kind.DecidePenalty, Decidable)
        {
            Break = act => act.Decision.Sanction.FineFen -= 100,
        },
        new("COLLECTIVE", "urban management, every case", Kind.DecidePenalty, () => Walks.To(State.E0Collective, "urban"))
        {
            Spoil = walk => walk.Case.State = State.D1Defence,
        },
        new("COLLECTIVE", "complicated", Kind.DecidePenalty, Decidable) { Spoil = walk => walk.Case.Report.IsComplicated = true },
        new("COLLECTIVE", "E0 without a discussion", Kind.DecidePenalty, () => Walks.To(State.E0Collective, "urban"))
        {
            Spoil = walk => walk.Case.Discussion = null,
        },
        new("QUORUM", "two of three", Kind.Discuss, Decidable) { Break = act => act.Discussion.ParticipantOfficerIds[2] = Crew.AgencyHead },
        new("DISCUSSANTS", "nobody of that name", Kind.Discuss, Decidable) { Break = act => act.Discussion.ParticipantOfficerIds.Add("nobody") },
        new("DISCUSSANTS", "a handler", Kind.Discuss, Decidable) { Break = act => act.Discussion.ParticipantOfficerIds.Add(Crew.A) },
        new("DISCUSSANTS", "the head of another agency", Kind.Discuss, Decidable)
        {
            Break = act => act.Discussion.ParticipantOfficerIds.Add(Crew.OtherHead),
        },
        new("DISCUSSION_HELD", "before the party was heard", Kind.Discuss,
            () => Walks.To(State.D1Defence).Pass(15).Do(Kind.RecordDefence).Do(Kind.RecheckDefence))
        {
            Break = act => act.Discussion.HeldAt = RegisterWorld.Stamp("2026-03-10 09:00"),
        },
        new("NOT_EXCLUDED", "its key in the words of the discussion", Kind.Discuss, Decidable)
        {
            Spoil = Excluded, Break = act => act.Discussion.Record = "依据media/102认定",
        },
        new("NOT_EXCLUDED", "its key in the reasons", Kind.DecidePenalty, Decidable)
        {
            Spoil = Excluded, Break = act => act.Decision.Reasons = "依据media/102认定",
        },
        new("HASH_MATCHES", "a file that changed since its review", Kind.DecidePenalty, Decidable)
        {
            Spoil = walk => walk.Case.Evidence[0].Source.Verified = false,
        },
        new("DISCUSSION_HELD", "tomorrow", Kind.Discuss, Decidable)
        {
            Break = act => act.Discussion.HeldAt = RegisterWorld.Stamp("2026-03-18 09:00"),
        },
        new("ONE_FINE", "fined since it was filed", Kind.DecidePenalty, Decidable) { Spoil = walk => walk.Party.Add(Earlier) },
        new("DECISION_TEXT", "no remedy told", Kind.DecidePenalty, Decidable) { Break = act => act.Decision.Remedy = "" },
        new("DECISION_TEXT", "no place to pay", Kind.DecidePenalty, Decidable) { Break = act => act.Decision.PaymentPlace = "" },
        new("COLLECTOR", "a thousand yuan in cash", Kind.DecidePenalty, Decidable)
        {
            Break = act => act.Decision.CollectedOnTheSpot = true,
        },
        new("TRANSCRIPT", "not by the transcript", Kind.DecidePenalty, AfterHearing) { Break = act => act.Decision.TranscriptRef = "" },
    ];

    private static IEnumerable<GuardCase> NoPenalty =>
    [
        new("NO_SANCTION", "with a fine", Kind.DecideNoPenalty, To(State.D0Notice))
        {
            Break = act => act.Decision.Sanction = ActContents.Fine(100),
        },
        new("REVIEWED", "not reviewed", Kind.DecideNoPenalty, To(State.D0Notice)) { Spoil = walk => walk.Case.Opinion = null },
        new("EDUCATED", "minor, nobody educated", Kind.DecideNoPenalty, To(State.D0Notice))
        {
            Fill = Minor, Break = act => act.Decision.Education = "",
        },
        new("CORRECTED", "minor, not corrected", Kind.DecideNoPenalty, To(State.D0Notice))
        {
            Fill = Minor, Break = act => act.Decision.CorrectedInTime = false,
        },
        new("FIRST", "nobody knows who he is", Kind.DecideNoPenalty, To(State.D0Notice))
        {
            Fill = First, Spoil = walk => walk.Case.Filing.ObjectId = "",
        },
        new("FIRST", "the second time", Kind.DecideNoPenalty, To(State.D0Notice))
        {
            Fill = First, Spoil = walk => walk.Party.Add(Earlier with { Fined = false }),
        },
    ];

    private static IEnumerable<GuardCase> Service =>
    [
        new("SERVED_BY_NOW", "tomorrow", Kind.ServeNotice, Printed)
        {
            Break = act => act.Service.ServedAt = RegisterWorld.Stamp("2026-03-03 09:00"),
        },
        new("SERVED_AFTER_ISSUE", "before it was written", Kind.ServeNotice, Printed)
        {
            Break = act => act.Service.ServedAt = RegisterWorld.Stamp("2026-03-02 08:58"),
        },
        new("E_CONSENT", "e-mail without consent", Kind.ServeNotice, Printed)
        {
            Fill = act => (act.Service.Method, act.Service.ElectronicConsent) = (ServiceMethod.Electronic, "确认书"),
            Break = act => act.Service.ElectronicConsent = "",
        },
        new("LEAVING_WITNESSED", "left, and nobody saw it", Kind.ServeNotice, Printed)
        {
            Fill = act =>
            {
                (act.Service.Method, act.Service.Witness) = (ServiceMethod.Leaving, "居委会");
                (act.Service.NotRecordedReason, act.Service.NotRecordedApprover) = ("记录仪故障", Crew.UnitHead);
            },
            Break = act => act.Service.Witness = "",
        },
        new("PUBLIC_NOTICE_PERIOD", "rules without the period", Kind.ServeNotice, Printed)
        {
            Fill = act => act.Service.Method = ServiceMethod.PublicNotice, Spoil = walk => walk.Rules = walk.Rules with { Deadlines = [] },
        },
        new("SERVED_AFTER_SIGNING", "served while it was not signed", Kind.ServeNotice,
            () => Walks.To(State.D0Notice).Do(Kind.IssueDocument).Pass(1).Do(Kind.BindScan))
        {
            Break = act => act.Service.ServedAt = RegisterWorld.Stamp("2026-03-02 12:00"),
        },
        new("TWO_OFFICERS", "one of them", Kind.ServeDecision, () => Walks.To(State.E1Decided).Paper(DocumentKind.PenaltyDecision))
        {
            Break = act => act.SecondOfficerId = "",
        },
    ];

    private static IEnumerable<GuardCase> End =>
    [
        new("NOT_MORE", "more than is owed", Kind.RecordPayment, To(State.F0Performing)) { Break = act => act.Payment.AmountFen++ },
        new("COLLECTOR", "a handler took it", Kind.RecordPayment, To(State.F0Performing))
        {
            Break = act => act.Payment.CollectedBy = Crew.A,
        },
        new("COLLECTOR", "a handler, by his name", Kind.RecordPayment, To(State.F0Performing))
        {
            Break = act => act.Payment.CollectedBy = "姓名" + Crew.A,
        },
        new("COLLECTOR", "the agency itself", Kind.RecordPayment, To(State.F0Performing)) { Break = act => act.Payment.CollectedBy = "执法局" },
        new("NOT_MORE", "so much that the sum overflows", Kind.RecordPayment,
            () => Walks.To(State.F0Performing).Do(Kind.RecordPayment, act => act.Payment.AmountFen = 1))
        {
            Break = act => act.Payment.AmountFen = long.MaxValue,
        },
        new("HAPPENED", "paid before the decision", Kind.RecordPayment, To(State.F0Performing))
        {
            Break = act => act.HappenedAt = RegisterWorld.Stamp("2026-03-10 09:00"),
        },
        new("FILE_COMPLETE", "no decision of no penalty", Kind.Archive,
            () => Walks.Filed(Walks.To(State.E2Served).Do(Kind.CloseCase)).Paper(DocumentKind.InvestigationReport))
        {
            Spoil = walk => walk.Case.Documents.Single(document => document.Kind == DocumentKind.NoPenaltyDecision).Kind = DocumentKind.CorrectionOrder,
        },
        new("FILE_COMPLETE", "no paper of an on-the-spot decision", Kind.Archive, () => Walks.To(State.X3SimpleReported).Do(Kind.RecordPayment).Do(Kind.CloseCase))
        {
            Spoil = walk => walk.Case.Documents.Single(document => document.Kind == DocumentKind.SimpleDecision).Kind = DocumentKind.CorrectionOrder,
        },
        new("DUE_AHEAD", "an instalment in the past", Kind.GrantDeferral, To(State.F0Performing))
        {
            Break = act => act.Deferral.Instalments.Add(RegisterWorld.Stamp("2026-03-01 00:00")),
        },
        new("PERFORMED", "nothing paid", Kind.CloseCase, () => Walks.To(State.F0Performing).Do(Kind.RecordPayment))
        {
            Spoil = walk => walk.Case.PaidFen -= 1,
        },
        new("NOTHING_HELD", "goods are still held", Kind.CloseCase, () => Walks.To(State.F0Performing).Do(Kind.RecordPayment))
        {
            Spoil = walk => walk.Case.Preservations.Add(new PreservationTrack()),
        },
        new("RETENTION", "no such class", Kind.Archive, Whole) { Break = act => act.Closing.Retention = (RetentionClass)9 },
        new("FILE_COMPLETE", "no service receipt", Kind.Archive, Whole)
        {
            Spoil = walk => walk.Case.Documents.Remove(walk.Case.Documents.First(document => document.Kind == DocumentKind.ServiceReceipt)),
        },
        new("FILE_COMPLETE", "a paper without its scan", Kind.Archive, Whole)
        {
            Spoil = walk => walk.Case.Documents[0].ScanSha256 = ByteString.Empty,
        },
        new("FILE_COMPLETE", "a file not verified", Kind.Archive, Whole) { Spoil = walk => walk.Case.Evidence[0].Source.Verified = false },
        new("FILE_COMPLETE", "a hole in the numbers", Kind.Archive, Whole) { Spoil = walk => walk.Case.LastCommonNumber++ },
        new("FILE_COMPLETE", "who complained was not told", Kind.Archive, Whole)
        {
            Spoil = walk => walk.Case.Source = new LeadSource { Kind = LeadSourceKind.Complaint, FeedbackDue = true },
        },
        new("FILE_COMPLETE", "a stage without its act", Kind.Archive, Whole)
        {
            Spoil = walk => walk.Case.Acts.Remove(walk.Case.Acts.First(made => made.Kind == Kind.RecordInvestigation)),
        },
    ];

    private static Walk Whole() => Walks.Filed(Walks.To(State.G0Closed));

    private static Walk Heavy(string hearing)
    {
        Walk walk = Walks.Investigated().Do(Kind.EndInvestigation, act => act.Report.Sanction = ActContents.Fine(1_000_000)).Do(Kind.SubmitReview).Do(Kind.GiveOpinion);
        return walk.Paper(DocumentKind.PenaltyNotice, document => document.Fields["hearing_due"] = hearing);
    }

    private static Walk AfterHearing() => Walks.To(State.D2Hearing).Pass(15).Do(Kind.RecordHearing).Do(Kind.GiveOpinion);

    private static void Excluded(Walk walk) => walk.Attach(Walk.Footage("media/102")).Case.Evidence[^1].Outcome = EvidenceOutcome.Excluded;

    private static void Proven(Walk walk)
    {
        walk.Case.Evidence[^1].Outcome = EvidenceOutcome.Evidence;
        ProcedureFold.EvidenceMoved(walk.Case);
    }

    private static void Minor(ProcedureAct act) => Ground(act, NoPenaltyGround.Minor);

    private static void First(ProcedureAct act) => Ground(act, NoPenaltyGround.First);

    private static void Ground(ProcedureAct act, NoPenaltyGround ground) =>
        (act.Decision.Ground, act.Decision.Education, act.Decision.CorrectedInTime) = (ground, "已教育", true);
}
