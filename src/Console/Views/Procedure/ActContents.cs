using EdgeEnforcement.Contracts.V1;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>What each act says, beginning with what the case knows already. An act without content is its kind, its actor and its remark.</summary>
public static class ActContents
{
    // Of contents that several acts share: the fields each of them says. All where nothing stands here.
    private static readonly Dictionary<Kind, string[]> Said = new()
    {
        [Kind.RecordDefence] = ["text", "how", "evidence_key"],
        [Kind.WaiveDefence] = ["text", "how", "hearing_too", "evidence_key"],
        [Kind.RecheckDefence] = ["text", "accepted"],
        [Kind.RequestHearing] = ["text", "how", "evidence_key"],
        [Kind.WithdrawHearing] = ["text", "how", "evidence_key"],
        [Kind.DecidePenalty] = ["sanction", "reasons", "remedy", "payment_place", "transcript_ref"],
        [Kind.DecideNoPenalty] = ["ground", "reasons", "education", "corrected_in_time", "remedy"],
        [Kind.DecideSimple] = ["sanction", "reasons", "leased_number", "remedy", "payment_place", "collected_on_the_spot"],
        [Kind.CloseCase] = ["reason"],
        [Kind.Archive] = ["retention", "page_count", "archive_number"],
        [Kind.PauseClock] = ["deadline_id", "reason_code", "reason"],
        [Kind.ResumeClock] = ["deadline_id"],
        [Kind.Terminate] = ["reason"],
        [Kind.ReviewEvidence] = [],
        [Kind.UndoMerge] = [],
        [Kind.IssueDocument] = ["kind", "evidence_keys"],
        [Kind.CorrectDocument] = ["corrects_document_id", "evidence_keys"],
        [Kind.GiveOpinion] = ["agrees", "text"],
        [Kind.Approve] = ["opinion"],
        [Kind.ReturnRequest] = ["opinion"],
        [Kind.WithdrawRequest] = ["opinion"],
    };

    // Done by two officers (art. 42); the service decides, the form asks.
    private static readonly HashSet<Kind> OfTwo =
    [
        Kind.Remind, Kind.RecordInvestigation, Kind.Preserve, Kind.EndInvestigation, Kind.ServeNotice, Kind.RecheckDefence, Kind.ServeDecision, Kind.StartSimple, Kind.DecideSimple,
    ];

    /// <summary>Possible in most states: not what leads on.</summary>
    public static bool IsBeside(Kind kind) => kind is Kind.IssueDocument or Kind.BindScan or Kind.CorrectDocument or Kind.ExtendDeadline or Kind.PauseClock or Kind.ResumeClock;

    public static bool IsAnswer(Kind kind) => kind is Kind.Approve or Kind.ReturnRequest or Kind.WithdrawRequest;

    public static bool AsksSecondOfficer(Kind kind) => OfTwo.Contains(kind);

    public static bool Asks(Kind kind, string field) => !Said.TryGetValue(kind, out var fields) || fields.Contains(field);

    public static ProcedureAct Begin(Kind kind, ProcedureCase state)
    {
        var act = new ProcedureAct { Kind = kind };
        switch (kind)
        {
            case Kind.ReviewEvidence: act.EvidenceReview = new EvidenceReview(); break;
            case Kind.Remind: act.Reminder = new Reminder(); break;
            case Kind.ConfirmCorrection: act.Correction = new Correction(); break;
            case Kind.CloseLead: act.LeadClosing = new LeadClosing(); break;
            case Kind.Dispatch: act.Dispatch = new Dispatch(); break;
            case Kind.EscalateDispatch: act.Dispatch = state.Dispatch?.Clone() ?? new Dispatch(); break;
            case Kind.Rectify: act.Rectification = new Rectification(); break;
            case Kind.Recheck: act.Recheck = new Recheck(); break;
            case Kind.Merge or Kind.UndoMerge or Kind.Split: act.LinkedCase = new LinkedCase(); break;
            case Kind.GiveFeedback: act.Feedback = new Feedback { IsFinal = true }; break;
            case Kind.Move: act.Move = new Move(); break;
            default: return BeginCase(act, state);
        }
        return act;
    }

    private static ProcedureAct BeginCase(ProcedureAct act, ProcedureCase state)
    {
        switch (act.Kind)
        {
            case Kind.File: act.Filing = new Filing { UnitId = state.HandlingUnitId }; break;
            case Kind.AssignOfficers: act.Officers = new OfficersAssigned(); break;
            case Kind.RecordInvestigation: act.Record = new InvestigationRecord(); break;
            case Kind.Preserve: act.Preservation = new Preservation { PreservationId = $"{state.Preservations.Count + 1}" }; break;
            case Kind.SettlePreservation: act.PreservationOutcome = new PreservationOutcome(); break;
            case Kind.Suspend or Kind.Terminate: act.Suspension = new Suspension(); break;
            case Kind.EndInvestigation or Kind.Amend: act.Report = state.Report?.Clone() ?? new InvestigationReport { Facts = state.Filing?.Facts ?? "", Sanction = new Sanction() }; break;
            case Kind.SubmitReview: act.Submission = new ReviewSubmission(); break;
            // What he has read; a report that changed since is refused, and is to be read first.
            case Kind.GiveOpinion: act.Opinion = new LegalOpinion { ReportSha256 = state.ReportSha256 }; break;
            case Kind.Coordinate: act.Coordination = new Coordination(); break;
            default: return BeginNotice(act, state);
        }
        return act;
    }

    private static ProcedureAct BeginNotice(ProcedureAct act, ProcedureCase state)
    {
        switch (act.Kind)
        {
            case Kind.ServeNotice: act.Service = new ServiceOfDocument { DocumentId = Unserved(state, DocumentKind.PenaltyNotice) }; break;
            case Kind.ServeDecision: act.Service = new ServiceOfDocument { DocumentId = Unserved(state, DocumentKind.PenaltyDecision, DocumentKind.NoPenaltyDecision) }; break;
            case Kind.RecordDefence or Kind.WaiveDefence or Kind.RecheckDefence or Kind.RequestHearing or Kind.WithdrawHearing: act.Defence = new DefenceStatement(); break;
            case Kind.RecordHearing: act.Hearing = new HearingRecord(); break;
            case Kind.Discuss: act.Discussion = new CollectiveDiscussion(); break;
            case Kind.DecidePenalty: act.Decision = new CaseDecision { Sanction = state.Report?.Sanction?.Clone() ?? new Sanction() }; break;
            case Kind.DecideNoPenalty: act.Decision = new CaseDecision { Sanction = new Sanction() }; break;
            case Kind.RecordPayment: act.Payment = new Payment { AmountFen = Owed(state) }; break;
            case Kind.GrantDeferral: act.Deferral = new Deferral(); break;
            case Kind.CloseCase or Kind.Archive: act.Closing = new Closing(); break;
            default: return BeginRest(act, state);
        }
        return act;
    }

    private static ProcedureAct BeginRest(ProcedureAct act, ProcedureCase state)
    {
        switch (act.Kind)
        {
            case Kind.StartSimple: act.Simple = new SimpleFinding { Finding = new Filing { UnitId = state.HandlingUnitId } }; break;
            case Kind.DecideSimple: act.SimpleDecision = new CaseDecision { Sanction = new Sanction() }; break;
            case Kind.IssueDocument or Kind.CorrectDocument: act.Document = new IssuedDocument(); break;
            case Kind.BindScan: act.Scan = new BoundScan(); break;
            case Kind.ExtendDeadline or Kind.PauseClock or Kind.ResumeClock: act.Deadline = new DeadlineChange(); break;
            // What is approved is what was seen.
            case Kind.Approve or Kind.ReturnRequest or Kind.WithdrawRequest: act.Answer = new RequestAnswer { RequestEntry = state.Pending?.EntryIndex ?? 0 }; break;
        }
        return act;
    }

    private static string Unserved(ProcedureCase state, params DocumentKind[] kinds) =>
        state.Documents.LastOrDefault(document => kinds.Contains(document.Kind) && document.Service is null)?.DocumentId ?? "";

    private static long Owed(ProcedureCase state) =>
        Math.Max(0, (state.Decision?.Sanction?.FineFen ?? 0) + (state.Decision?.Sanction?.ConfiscationFen ?? 0) - state.PaidFen);
}
