using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Inspections;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Lifecycle;

/// <summary>Opening a case, attaching and detaching evidence. Pure.</summary>
internal static class CaseDecider
{
    /// <param name="act">What the operator asks for; its number is not looked at.</param>
    /// <param name="number">The number typed or given.</param>
    /// <param name="lead">The alert behind the lead; null for a case opened free (street finding, complaint: T9a).</param>
    public static Decision Open(OpenCaseRequest act, string number, AlertSnapshot? lead)
    {
        string caseId = CaseNumber.IdOf(number);
        Record fact = new()
        {
            Preconditions = { new StreamPrecondition { Stream = CaseStream.Lifecycle(caseId) } },
            Sensitivity = Sensitivity.Internal,
        };
        if (lead is not null)
        {
            if (AlertTransitions.GuardAgainst(lead.State, AlertAct.OpenCase) is { } guard)
                return Decision.Refuse(RefusalCode.NotPermitted, guard);
            if (lead.CaseId.Length > 0)
                return Decision.Refuse(RefusalCode.NotPermitted, $"T9a: the lead is case {lead.CaseId} already");
            fact.Preconditions.Add(AlertDecider.Unmoved(lead));
        }

        if (act.Source is { InspectionId.Length: > 0 } inspected)
            fact.Preconditions.Add(new StreamPrecondition { Stream = InspectionNumber.Stream(inspected.InspectionId), ExpectedVersion = act.ExpectedInspectionVersion });
        fact.CaseOpened = new CaseOpened
        {
            CaseId = caseId,
            Number = number,
            Title = act.Title.Trim(),
            LeadId = act.LeadId,
            RadiusM = act.RadiusM,
            Place = act.Place.Trim(),
            Actor = act.Actor,
            Domain = act.Domain,
            Officers = { act.Officers.Select(officer => officer.Trim()).Where(officer => officer.Length > 0).Distinct() },
            WindowStart = act.WindowStart,
            WindowEnd = act.WindowEnd,
            Position = act.Position,
            Source = act.Source ?? (lead is null ? null : new LeadSource { Kind = LeadSourceKind.Alert, ReceivedAt = lead.LeadAt }),
            HandlingUnitId = act.HandlingUnitId,
            SplitFromCaseId = act.SplitFromCaseId,
            AlertEvidence = lead?.Report,
        };
        return Decision.Append(fact);
    }

    /// <summary>
    /// Nothing comes into a file that is at its end, and nothing goes out of one that was decided on (art. 47): the court reads what the head read.
    /// What the clerk attaches by number is not asked: footage that docks late is recorded where it belongs.
    /// </summary>
    public static RefusalDetail? Closed(ProcedureState? state, bool detaches) => state switch
    {
        { } end when ActTable.IsEnd(end) => new RefusalDetail(RefusalCode.NotPermitted, "evidence list: the file is closed"),
        ProcedureState.E1Decided or ProcedureState.E2Served or ProcedureState.F0Performing or ProcedureState.G0Closed
            or ProcedureState.X2SimpleDecided or ProcedureState.X3SimpleReported when detaches =>
            new RefusalDetail(RefusalCode.NotPermitted, "evidence list: the case was decided on this file; nothing is taken out of it"),
        _ => null,
    };

    public static Decision Attach(CaseSnapshot subject, AttachMediaRequest act, bool isAttached) => isAttached
        ? Decision.Refuse(RefusalCode.NotPermitted, "evidence list: the file is attached to this case already")
        : Decision.Append(new Record
        {
            Preconditions = { Unmoved(subject) },
            Sensitivity = Sensitivity.Internal,
            MediaAttached = new MediaAttached
            {
                CaseId = subject.CaseId, ManifestIndex = act.ManifestIndex, Reason = AttachReason.Operator,
                Explanation = act.Reason.Trim(), Actor = act.Actor,
            },
        });

    public static Decision Detach(CaseSnapshot subject, DetachMediaRequest act, bool isAttached) => isAttached
        ? Decision.Append(new Record
        {
            Preconditions = { Unmoved(subject) },
            Sensitivity = Sensitivity.Internal,
            MediaDetached = new MediaDetached
            {
                CaseId = subject.CaseId, ManifestIndex = act.ManifestIndex, Actor = act.Actor, Reason = act.Reason.Trim(),
            },
        })
        : Decision.Refuse(RefusalCode.NotPermitted, "evidence list: the file is not attached to this case");

    private static StreamPrecondition Unmoved(CaseSnapshot subject) =>
        new() { Stream = CaseStream.Evidence(subject.CaseId), ExpectedVersion = subject.EvidenceVersion };
}
