using EdgeEnforcement.Contracts.V1;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Kit;

/// <summary>The shortest lawful way into each state of the first part.</summary>
internal static class Walks
{
    public static readonly State[] FirstPart =
    [
        State.A1Lead, State.A2EvidenceReview, State.A3Reminded, State.A4LeadClosed, State.A7Dispatched, State.A8Rectified, State.A9Rechecked, State.A1MMerged,
        State.B0Filed, State.B1Investigating, State.B4Suspended, State.B5InvestigationEnded, State.C0LegalReview, State.C1Returned, State.C2Disagreed,
        State.D0Notice, State.D1Defence, State.D2Hearing, State.E0Collective, State.E1Decided, State.E2Served, State.F0Performing,
        State.G0Closed, State.G1Archived, State.X1Simple, State.X2SimpleDecided, State.X3SimpleReported,
    ];

    public static Walk To(State state, string domain = "market")
    {
        Walk walk = Way(state, domain);
        Assert.Equal(state, walk.Case.State);
        return walk;
    }

    private static Walk Way(State state, string domain) => state switch
    {
        State.A1Lead => new Walk(domain),
        State.A2EvidenceReview => new Walk(domain).Do(Kind.SubmitEvidence),
        State.A3Reminded => Way(State.A2EvidenceReview, domain).Do(Kind.ReviewEvidence).Do(Kind.Remind),
        State.A4LeadClosed => new Walk(domain).Do(Kind.CloseLead),
        State.A7Dispatched => new Walk(domain).Do(Kind.Dispatch),
        State.A8Rectified => Way(State.A7Dispatched, domain).Do(Kind.Rectify),
        State.A9Rechecked => Way(State.A8Rectified, domain).Do(Kind.Recheck),
        State.A1MMerged => new Walk(domain).Do(Kind.Merge),
        State.B0Filed => new Walk(domain).Do(Kind.File),
        State.B1Investigating => Way(State.B0Filed, domain).Do(Kind.AssignOfficers),
        State.B4Suspended => Way(State.B1Investigating, domain).Do(Kind.Suspend),
        State.B5InvestigationEnded => Investigated(domain).Do(Kind.EndInvestigation),
        State.C0LegalReview => Way(State.B5InvestigationEnded, domain).Do(Kind.SubmitReview),
        State.C1Returned => Way(State.C0LegalReview, domain).Do(Kind.GiveOpinion, act => act.Opinion = ActContents.Opinion(new ProcedureCase { ReportSha256 = act.Opinion.ReportSha256 }, agrees: false)),
        State.C2Disagreed => Way(State.C1Returned, domain).Do(Kind.Insist),
        State.D0Notice => Way(State.C0LegalReview, domain).Do(Kind.GiveOpinion),
        State.D1Defence => Noticed(domain, 100_000),
        State.D2Hearing => Noticed(domain, 1_000_000).Do(Kind.RequestHearing),
        State.E0Collective => Way(State.D1Defence, domain).Pass(15).Do(Kind.Discuss),
        State.E1Decided => Way(State.D1Defence, domain).Pass(15).Do(Kind.DecidePenalty),
        State.E2Served => Way(State.D0Notice, domain).Do(Kind.DecideNoPenalty).Paper(DocumentKind.NoPenaltyDecision).Do(Kind.ServeDecision),
        State.F0Performing => Way(State.E1Decided, domain).Paper(DocumentKind.PenaltyDecision).Do(Kind.ServeDecision),
        State.G0Closed => Way(State.F0Performing, domain).Do(Kind.RecordPayment).Do(Kind.CloseCase),
        State.G1Archived => Filed(Way(State.G0Closed, domain)).Do(Kind.Archive),
        State.X1Simple => new Walk(domain).Do(Kind.StartSimple),
        State.X2SimpleDecided => Way(State.X1Simple, domain).Do(Kind.DecideSimple),
        State.X3SimpleReported => Way(State.X2SimpleDecided, domain).Paper(DocumentKind.SimpleDecision).Do(Kind.ReportSimple),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Nothing leads there yet."),
    };

    /// <summary>In B1 with a record and everything reviewed: the investigation may end.</summary>
    public static Walk Investigated(string domain = "market") =>
        Way(State.B1Investigating, domain).Do(Kind.ReviewEvidence).Do(Kind.RecordInvestigation);

    /// <summary>In D1 with a notice of this fine, served now.</summary>
    public static Walk Noticed(string domain, long fineFen)
    {
        Walk walk = Investigated(domain).Do(Kind.EndInvestigation, act => act.Report.Sanction = ActContents.Fine(fineFen)).Paper(DocumentKind.InvestigationReport);
        return walk.Do(Kind.SubmitReview).Do(Kind.GiveOpinion).Paper(DocumentKind.PenaltyNotice).Do(Kind.ServeNotice);
    }

    /// <summary>What a closed file still needs to be whole (art. 47).</summary>
    public static Walk Filed(Walk walk)
    {
        foreach (DocumentKind kind in (DocumentKind[])[DocumentKind.FilingApproval, DocumentKind.LegalOpinion, DocumentKind.ServiceReceipt, DocumentKind.ClosingApproval])
            walk.Paper(kind);
        return walk;
    }
}
