using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Guards;

/// <summary>Investigation, report, legal review, documents.</summary>
internal static class CaseGuardCases
{
    public static IEnumerable<GuardCase> All => [.. Investigation, .. Recording, .. Report, .. Review, .. Documents];

    private static Func<Walk> To(State state) => () => Walks.To(state);

    private static Func<Walk> Investigated => () => Walks.Investigated();

    private static Walk Excluded()
    {
        Walk walk = Walks.Investigated().Attach(Walk.Footage("media/102"));
        walk.Case.Evidence[^1].Outcome = EvidenceOutcome.Excluded;
        return walk;
    }

    private static IEnumerable<GuardCase> Investigation =>
    [
        new("ID_SHOWN", "certificate not shown", Kind.RecordInvestigation, To(State.B1Investigating))
        {
            Break = act => act.Record.IdentityShown = false,
        },
        new("SIGNED_OR_REFUSED", "neither signed nor refused", Kind.RecordInvestigation, To(State.B1Investigating))
        {
            Break = act => act.Record.Signed = false,
        },
        new("RECORD_TIMES", "ends tomorrow", Kind.RecordInvestigation, To(State.B1Investigating))
        {
            Break = act => act.Record.Until = RegisterWorld.Stamp("2026-03-03 09:00"),
        },
        new("PRESERVATION_NEW", "a used number", Kind.Preserve, To(State.B1Investigating))
        {
            Spoil = walk => walk.Do(Kind.Preserve), Break = act => act.Preservation.PreservationId = "P1",
        },
        new("PRESERVATION_RUNNING", "settled already", Kind.SettlePreservation, () => Walks.To(State.B1Investigating).Do(Kind.Preserve))
        {
            Spoil = walk => walk.Do(Kind.SettlePreservation),
        },
        new("NOTHING_HELD", "goods are still held", Kind.EndInvestigation, Investigated) { Spoil = walk => walk.Do(Kind.Preserve) },
        new("NOTHING_HELD", "goods are still held", Kind.Terminate, To(State.B1Investigating)) { Spoil = walk => walk.Do(Kind.Preserve) },
        new("REASON_LISTED", "no listed reason", Kind.Suspend, To(State.B1Investigating))
        {
            Break = act => act.Suspension.ReasonCode = "holiday",
        },
    ];

    private static IEnumerable<GuardCase> Recording =>
    [
        new("RECORDED", "the scene without a recording", Kind.RecordInvestigation, () => Walks.To(State.B1Investigating, "urban"))
        {
            Fill = act => Scene(act, 3_600_000), Break = act => act.Record.Media.Clear(),
        },
        new("RECORDING_WHOLE", "a hole of half an hour", Kind.RecordInvestigation, () => Walks.To(State.B1Investigating, "urban"))
        {
            Fill = act => Scene(act, 3_600_000), Break = act => act.Record.Media[0].UntilMs = 1_800_000,
        },
        new("RECORDING_WHOLE", "a part longer than its file", Kind.RecordInvestigation, () => Walks.To(State.B1Investigating, "urban"))
        {
            Fill = act => Scene(act, 3_600_000),
            Break = act => (act.Record.Until, act.Record.Media[0].UntilMs) = (RegisterWorld.Stamp("2026-03-01 10:00"), 7_200_000),
        },
        new("RECORDED", "the scene under another name", Kind.RecordInvestigation, () => Walks.To(State.B1Investigating, "urban"))
        {
            Fill = act => Scene(act, 3_600_000),
            Break = act =>
            {
                act.Record.Activity = "inquiry";
                act.Record.Media.Clear();
            },
        },
        new("RECORDED", "left at the door and nobody recorded it", Kind.ServeNotice, () => Walks.To(State.D0Notice).Paper(DocumentKind.PenaltyNotice))
        {
            Fill = act =>
            {
                (act.Service.Method, act.Service.Witness) = (ServiceMethod.Leaving, "居委会");
                (act.Service.NotRecordedReason, act.Service.NotRecordedApprover) = ("记录仪故障", Crew.UnitHead);
            },
            Break = act => act.Service.NotRecordedApprover = "",
        },
        new("STEPS_FIRST", "no salute", Kind.RecordInvestigation, () => Walks.To(State.B1Investigating, "urban"))
        {
            Fill = act => Scene(act, 3_600_000), Break = act => act.Record.Steps.RemoveAt(0),
        },
        new("STEPS_ORDER", "decided before all else", Kind.RecordInvestigation, () => Walks.To(State.B1Investigating, "urban"))
        {
            Fill = act => Scene(act, 3_600_000), Break = act => act.Record.Steps[^1].AtMs = 0,
        },
    ];

    private static IEnumerable<GuardCase> Report =>
    [
        new("RECORDS", "no record was made", Kind.EndInvestigation, Investigated) { Spoil = walk => walk.Case.Records.Clear() },
        new("FACTS_PROVEN", "no evidence", Kind.EndInvestigation, Investigated) { Break = act => act.Report.EvidenceKeys.Clear() },
        new("EVIDENCE_CLOSED", "list not closed", Kind.EndInvestigation, Investigated) { Break = act => act.Report.EvidenceClosed = false },
        new("NOT_EXCLUDED", "an excluded item", Kind.EndInvestigation, Investigated)
        {
            Spoil = walk => walk.Case.Evidence[0].Outcome = EvidenceOutcome.Excluded,
        },
        new("CITED_REVIEWED", "an item nobody reviewed", Kind.EndInvestigation, Investigated)
        {
            Spoil = walk => walk.Attach(Walk.Footage("media/102")), Break = act => act.Report.EvidenceKeys.Add("media/102"),
        },
        new("NOT_EXCLUDED", "its key in the words of the facts", Kind.EndInvestigation, Excluded)
        {
            Break = act => act.Report.Facts = "经查，录像 media/102 显示其倾倒垃圾",
        },
        new("BASIS", "no law", Kind.EndInvestigation, Investigated) { Break = act => act.Report.Basis.Clear() },
        new("BASIS", "not in force when it was done", Kind.EndInvestigation, Investigated)
        {
            Spoil = walk => walk.Case.Filing.ActThroughDay = "2021-07-14",
        },
        new("DISCRETION", "no discretion standard", Kind.EndInvestigation, Investigated) { Break = act => act.Report.DiscretionRule = "" },
        new("SANCTION_SUMS", "more than there is money", Kind.EndInvestigation, Investigated)
        {
            Break = act => act.Report.Sanction.FineFen = long.MaxValue,
        },
        new("SANCTION_SUMS", "a fine of nothing", Kind.EndInvestigation, Investigated) { Break = act => act.Report.Sanction.FineFen = 0 },
        new("SANCTION_POWER", "detention", Kind.EndInvestigation, Investigated)
        {
            Break = act => act.Report.Sanction.Kinds.Add(SanctionKind.Detention),
        },
        new("SANCTION_KINDS", "no such kind", Kind.EndInvestigation, Investigated)
        {
            Break = act => act.Report.Sanction.Kinds.Add((SanctionKind)99),
        },
    ];

    private static IEnumerable<GuardCase> Review =>
    [
        new("HEAD_ANSWERS", "nobody answers for it", Kind.SubmitReview, To(State.B5InvestigationEnded))
        {
            Break = act => act.Submission.TrueAccurateComplete = false,
        },
        new("REPORT", "no report", Kind.SubmitReview, To(State.B5InvestigationEnded)) { Spoil = walk => walk.Case.Report = null },
        new("EVIDENCE_REVIEWED", "a new item", Kind.SubmitReview, To(State.B5InvestigationEnded))
        {
            Spoil = walk => walk.Attach(Walk.Footage("media/102")),
        },
        new("OPINION_BOUND", "of another report", Kind.GiveOpinion, To(State.C0LegalReview))
        {
            Break = act => act.Opinion.ReportSha256 = EndContents.Hash(1),
        },
        new("CHECKLIST", "a point is open", Kind.GiveOpinion, To(State.C0LegalReview)) { Break = act => act.Opinion.Checklist.RemoveAt(3) },
        new("CHECKLIST_AGREES", "agrees with a no", Kind.GiveOpinion, To(State.C0LegalReview))
        {
            Break = act => act.Opinion.Checklist[3].Answer = Answer.No,
        },
        new("QUALIFIED", "no legal qualification", Kind.GiveOpinion, To(State.C0LegalReview))
        {
            Break = act => act.Actor.Id = Crew.Unqualified,
        },
    ];

    private static IEnumerable<GuardCase> Documents =>
    [
        new("DOCUMENT_STAGE", "a decision before it is made", Kind.IssueDocument, To(State.D0Notice))
        {
            Break = act => act.Document.Kind = DocumentKind.PenaltyDecision,
        },
        new("DOCUMENT_FITS", "no penalty, where there is one", Kind.IssueDocument, To(State.E1Decided))
        {
            Break = act => act.Document.Kind = DocumentKind.NoPenaltyDecision,
        },
        new("TEMPLATE", "none in force", Kind.IssueDocument, To(State.D0Notice))
        {
            Spoil = walk => walk.Rules = walk.Rules with { Templates = [] },
        },
        new("RENDERED", "no draft", Kind.IssueDocument, To(State.D0Notice)) { Break = act => act.Document.DraftSha256 = ByteString.Empty },
        new("NOT_EXCLUDED", "an excluded item", Kind.IssueDocument, To(State.D0Notice))
        {
            Fill = act => act.Document.EvidenceKeys.Add("media/101"),
            Spoil = walk => walk.Case.Evidence[0].Outcome = EvidenceOutcome.Excluded,
        },
        new("DOCUMENT_ISSUED", "no such document", Kind.BindScan, () => Walks.To(State.D0Notice).Do(Kind.IssueDocument))
        {
            Break = act => act.Scan.DocumentId = "C-1/99",
        },
        new("DRAFT_SAME", "another paper", Kind.BindScan, () => Walks.To(State.D0Notice).Do(Kind.IssueDocument))
        {
            Break = act => act.Scan.DraftSha256 = EndContents.Hash(1),
        },
        new("NOT_BOUND", "bound already", Kind.BindScan, () => Walks.To(State.D0Notice).Do(Kind.IssueDocument))
        {
            Spoil = walk => walk.Case.Documents[^1].ScanSha256 = EndContents.Hash(2), Break = act => act.Scan.DocumentId = "C-1/1",
        },
        new("SCAN_KNOWN", "no such file", Kind.BindScan, () => Walks.To(State.D0Notice).Do(Kind.IssueDocument))
        {
            Fill = act => (act.Scan.ManifestIndex, act.Scan.ScanSha256) = (77, EndContents.Hash(77)),
            Break = act => act.Scan.ManifestIndex = 78,
        },
        new("SCAN_KNOWN", "another file's hash", Kind.BindScan, () => Walks.To(State.D0Notice).Do(Kind.IssueDocument))
        {
            Fill = act => (act.Scan.ManifestIndex, act.Scan.ScanSha256) = (77, EndContents.Hash(77)),
            Break = act => act.Scan.ScanSha256 = EndContents.Hash(78),
        },
        new("CORRECTION_FORM", "a notice instead of a correction", Kind.CorrectDocument, () => Walks.To(State.D0Notice).Paper(DocumentKind.PenaltyNotice))
        {
            Break = act => act.Document.Kind = DocumentKind.PenaltyNotice,
        },
        new("MAY_BE_CORRECTED", "not signed yet", Kind.CorrectDocument, () => Walks.To(State.D0Notice).Paper(DocumentKind.PenaltyNotice))
        {
            Spoil = walk => walk.Case.Documents[0].ScanSha256 = ByteString.Empty, Break = act => act.Document.CorrectsDocumentId = "C-1/1",
        },
        new("NUMBER_VALID", "its number was voided", Kind.BindScan, () => Walks.To(State.D0Notice).Do(Kind.IssueDocument))
        {
            Spoil = walk => walk.ScannedNumberFault = "编号已作废",
        },
    ];

    private static void Scene(ProcedureAct act, uint untilMs)
    {
        InvestigationRecord record = act.Record;
        (record.Kind, record.Activity) = (InvestigationRecordKind.Scene, "scene");
        (record.From, record.Until) = (RegisterWorld.Stamp("2026-03-01 08:00"), RegisterWorld.Stamp("2026-03-01 09:00"));
        record.Media.Add(new MediaSegment { EvidenceKey = "media/101", UntilMs = untilMs });
        uint at = 1_000;
        foreach (NamedCode step in KitRules.Shipped.ProfileOf("urban")!.StepsFirst)
            record.Steps.Add(new StepMark { Step = step.Code, EvidenceKey = "media/101", AtMs = at += 1_000 });
    }
}
