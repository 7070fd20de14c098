using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure.Folds;

/// <summary>What each act leaves in the case besides its state.</summary>
internal static class ContentFold
{
    public static void Apply(ProcedureCase subject, ProcedureAct act, ProcedureActed fact)
    {
        switch (act.Kind)
        {
            case Kind.ReviewEvidence: Review(subject, act); break;
            case Kind.Remind: subject.Reminder = act.Reminder; break;
            case Kind.CloseLead: subject.ClosingReason = act.LeadClosing.Reason; break;
            case Kind.Dispatch or Kind.EscalateDispatch: subject.Dispatch = act.Dispatch; break;
            case Kind.Merge: subject.Links.Add(ProcedureFold.Link(act.LinkedCase.CaseId, CaseLinkKind.MergedInto, act.LinkedCase.Reason, 0)); break;
            case Kind.Split: subject.Links.Add(ProcedureFold.Link(act.LinkedCase.CaseId, CaseLinkKind.SplitTo, act.LinkedCase.Reason, 0)); break;
            case Kind.UndoMerge: UndoMerge(subject); break;
            case Kind.GiveFeedback: subject.FeedbackAt = act.Feedback.IsFinal ? fact.At : subject.FeedbackAt; break;
            case Kind.Move: subject.HandlingUnitId = act.Move.ToUnitId; break;
            case Kind.File: File(subject, act.Filing, fact); break;
            case Kind.AssignOfficers: Assign(subject, act.Officers); break;
            case Kind.RecordInvestigation: subject.Records.Add(act.Record); break;
            case Kind.Preserve: subject.Preservations.Add(new PreservationTrack { PreservationId = act.Preservation.PreservationId, What = act.Preservation, From = fact.At }); break;
            case Kind.SettlePreservation: Settle(subject, act.PreservationOutcome); break;
            case Kind.Terminate: subject.ClosingReason = act.Suspension.Reason; break;
            case Kind.EndInvestigation or Kind.Amend: subject.Report = act.Report; subject.Discussion = null; break;
            case Kind.GiveOpinion: subject.Opinion = act.Opinion; break;
            case Kind.CloseCase: subject.ClosingReason = act.Closing.Reason; break;
            case Kind.Archive: subject.Retention = act.Closing.Retention; break;
            default: DecisionFold.Apply(subject, act, fact); break;
        }
    }

    private static void Review(ProcedureCase subject, ProcedureAct act)
    {
        foreach (ItemReview review in act.EvidenceReview.Items)
        {
            if (EvidenceGuards.Find(subject, review.EvidenceKey) is not { } item)
                continue;
            bool isGood = review is { IsTrue: Answer.Yes, IsClear: Answer.Yes, IsComplete: Answer.Yes, IsAccurate: Answer.Yes, TechnicalOk: true };
            item.Review = review;
            item.ReviewedBy = act.Actor.Id;
            item.Outcome = isGood ? EvidenceOutcome.Evidence : EvidenceOutcome.Excluded;
        }
    }

    private static void UndoMerge(ProcedureCase subject)
    {
        foreach (CaseLink link in subject.Links.Where(link => link.Kind == CaseLinkKind.MergedInto))
            link.Undone = true;
    }

    private static void File(ProcedureCase subject, Filing filing, ProcedureActed fact)
    {
        subject.Filing = filing;
        subject.FiledAt = fact.At;
        subject.HandlingUnitId = filing.UnitId;
    }

    private static void Assign(ProcedureCase subject, OfficersAssigned officers)
    {
        foreach (CaseParticipant person in subject.Participants)
            person.IsHandlerNow = false;
        ProcedureFold.Person(subject, officers.FirstOfficerId, "", OfficerRole.Handler).IsHandlerNow = true;
        ProcedureFold.Person(subject, officers.SecondOfficerId, "", OfficerRole.Handler).IsHandlerNow = true;
    }

    private static void Settle(ProcedureCase subject, PreservationOutcome outcome)
    {
        foreach (PreservationTrack track in subject.Preservations.Where(track => track.PreservationId == outcome.PreservationId))
            track.Outcome = outcome.Outcome;
    }
}
