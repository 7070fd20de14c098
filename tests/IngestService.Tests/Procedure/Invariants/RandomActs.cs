using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Invariants;

/// <summary>What somebody tries next: mostly what brings the case on, often what is possible, sometimes anything; and often with a slip in it.</summary>
internal sealed class RandomActs(Random random)
{
    private static readonly Kind[] Kinds = [.. Enum.GetValues<Kind>().Where(kind => kind != Kind.Unspecified)];

    private static readonly Dictionary<State, Kind[]> Possible = Enum.GetValues<State>()
        .ToDictionary(state => state, state => ActTable.All.Values.Where(act => act.IsFrom(state)).Select(act => act.Kind).Order().ToArray());

    public ProcedureAct Next(Walk walk)
    {
        ProcedureCase subject = walk.Case;
        Kind kind = KindFor(subject);
        ProcedureAct act = ActContents.Of(kind, subject, walk.Now);
        Vary(act, subject);
        if (random.Next(100) < 22)
            Slips.Make(random, act, subject, walk.Now);
        return act;
    }

    private Kind KindFor(ProcedureCase subject)
    {
        int die = random.Next(100);
        if (subject.Pending is not null)
            return die < 70 ? Kind.Approve : die < 76 ? Kind.ReturnRequest : die < 80 ? Kind.WithdrawRequest : Any(Kinds);
        Kind[] possible = Possible[subject.State];
        return die < 12 || possible.Length == 0 ? Any(Kinds) : die < 34 ? Any(possible) : Forward(subject);
    }

    private Kind Forward(ProcedureCase subject) => subject.State switch
    {
        State.A1Lead => Any(Kind.SubmitEvidence, Kind.SubmitEvidence, Kind.SubmitEvidence, Kind.File, Kind.File, Kind.StartSimple, Kind.Dispatch),
        State.A2EvidenceReview => Open(subject) ? Kind.ReviewEvidence : Any(Kind.File, Kind.File, Kind.File, Kind.File, Kind.Remind, Kind.StartSimple),
        State.A3Reminded => Any(Kind.ConfirmCorrection, Kind.CorrectionFailed),
        State.A7Dispatched => Any(Kind.Rectify, Kind.Rectify, Kind.EscalateDispatch),
        State.A8Rectified => Kind.Recheck,
        State.A1MMerged => Kind.UndoMerge,
        State.B0Filed => Kind.AssignOfficers,
        State.B1Investigating => Open(subject) ? Kind.ReviewEvidence : Held(subject) ? Kind.SettlePreservation
            : subject.Records.Count == 0 ? Kind.RecordInvestigation : Any(Kind.EndInvestigation, Kind.EndInvestigation, Kind.EndInvestigation, Kind.Preserve),
        State.B4Suspended => Kind.Resume,
        State.B5InvestigationEnded => Kind.SubmitReview,
        State.C0LegalReview => Lacks(subject, DocumentKind.InvestigationReport) ? Kind.IssueDocument : Kind.GiveOpinion,
        State.C1Returned => Any(Kind.SubmitReview, Kind.ReopenInvestigation, Kind.Insist),
        State.C2Disagreed => Kind.Coordinate,
        State.D0Notice => Paper(subject, DocumentKind.PenaltyNotice) ?? Kind.ServeNotice,
        State.D1Defence => Defence(subject),
        State.D2Hearing => Any(Kind.RecordHearing, Kind.RecordHearing, Kind.RecordHearing, Kind.WithdrawHearing),
        State.E0Collective => subject.Opinion is { Agrees: true } && subject.Discussion is not null ? Kind.DecidePenalty : Kind.Amend,
        State.E1Decided => Paper(subject, subject.Decision.Sanction?.Kinds.Count > 0 ? DocumentKind.PenaltyDecision : DocumentKind.NoPenaltyDecision) ?? Kind.ServeDecision,
        State.E2Served => Kind.CloseCase,
        State.F0Performing or State.X3SimpleReported => Owed(subject) > 0 ? Kind.RecordPayment : Kind.CloseCase,
        State.G0Closed => Unsigned(subject) ? Kind.BindScan : subject.Simple is null && Lacks(subject, DocumentKind.ClosingApproval) ? Kind.IssueDocument : Kind.Archive,
        State.X1Simple => Any(Kind.DecideSimple, Kind.DecideSimple, Kind.DecideSimple, Kind.AbandonSimple),
        State.X2SimpleDecided => Paper(subject, DocumentKind.SimpleDecision) ?? Kind.ReportSimple,
        _ => Any(Kinds),
    };

    private Kind Defence(ProcedureCase subject)
    {
        if (subject.Notice.HearingOffered && subject.Hearing is null && random.Next(3) == 0)
            return Kind.RequestHearing;
        if (subject.Defences.Count > 0 && subject.DefenceRecheck.Length == 0)
            return Kind.RecheckDefence;
        return Any(Kind.RecordDefence, Kind.WaiveDefence, Kind.Discuss, Kind.DecidePenalty, Kind.DecidePenalty);
    }

    // Lawful differences, so that cases are not all the same.
    private void Vary(ProcedureAct act, ProcedureCase subject)
    {
        int die = random.Next(100);
        switch (act.Kind)
        {
            case Kind.EndInvestigation or Kind.Amend:
                if (die < 50)
                    act.Report.Sanction = ActContents.Fine(100_000 * random.Next(1, 12));
                act.Report.IsComplicated = random.Next(5) == 0;
                break;
            case Kind.ReviewEvidence when die < 20:
                ItemReview item = act.EvidenceReview.Items[random.Next(act.EvidenceReview.Items.Count)];
                (item.IsClear, item.Reason) = (Answer.No, "模糊");
                break;
            case Kind.GiveOpinion when die < 15:
                act.Opinion = ActContents.Opinion(subject, agrees: false);
                break;
            case Kind.Coordinate:
                act.Coordination.Outcome = (ProcedureOutcome)random.Next(1, 4);
                break;
            case Kind.Recheck:
                act.Recheck.Passed = die < 70;
                break;
            case Kind.AssignOfficers when die < 20:
                (act.Officers.FirstOfficerId, act.Officers.SecondOfficerId) = (Crew.B, Crew.C);
                break;
            case Kind.ServeNotice or Kind.ServeDecision when die < 8:
                act.Service.Method = ServiceMethod.PublicNotice;
                break;
            case Kind.IssueDocument or Kind.CorrectDocument when die < 50 && act.Document is not null:
                act.Document.EvidenceKeys.Add(subject.Evidence[random.Next(subject.Evidence.Count)].Source.Key);
                break;
            case Kind.WaiveDefence:
                act.Defence.HearingToo = die < 60;
                break;
        }
    }

    private Kind Any(params ReadOnlySpan<Kind> kinds) => kinds[random.Next(kinds.Length)];

    private static bool Open(ProcedureCase subject) => subject.Evidence.Any(item => item is { Detached: false, Outcome: EvidenceOutcome.Unspecified });

    private static bool Held(ProcedureCase subject) => subject.Preservations.Any(track => track.Outcome.Length == 0);

    private static bool Lacks(ProcedureCase subject, DocumentKind kind) => subject.Documents.All(document => document.Kind != kind || document.CorrectedBy.Length > 0);

    private static bool Unsigned(ProcedureCase subject) => subject.Documents.Any(document => document.ScanSha256.Length == 0 && document.CorrectedBy.Length == 0);

    private static long Owed(ProcedureCase subject) => (subject.Decision?.Sanction?.FineFen ?? 0) - subject.PaidFen;

    private static Kind? Paper(ProcedureCase subject, DocumentKind kind)
    {
        CaseDocument? paper = subject.Documents.LastOrDefault(document => document.Kind == kind && document.CorrectedBy.Length == 0);
        if (paper is null || (kind == DocumentKind.PenaltyNotice && !paper.ReportSha256.Equals(subject.ReportSha256)))
            return Kind.IssueDocument;
        return paper.ScanSha256.Length == 0 ? Kind.BindScan : null;
    }
}
