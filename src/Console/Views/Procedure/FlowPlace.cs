using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>Where a state stands in the picture: columns of the lanes, and rows; row 1 is the ordinary way.</summary>
/// <param name="IsMain">On the ordinary way: drawn in every case. The others are drawn where they were used or are possible.</param>
public sealed record FlowPlace(ProcedureState State, int Column, int Row, bool IsMain = false)
{
    /// <summary>The lanes of the lawful process and how many columns each takes.</summary>
    public static IReadOnlyList<(string Lane, int Columns)> Lanes { get; } =
        [("lead", 2), ("investigation", 3), ("review", 1), ("notice", 2), ("decision", 1), ("performance", 2), ("archive", 2)];

    public static IReadOnlyList<FlowPlace> All { get; } =
    [
        new(ProcedureState.A1Lead, 0, 1, true), new(ProcedureState.A2EvidenceReview, 1, 1, true),
        new(ProcedureState.B0Filed, 2, 1, true), new(ProcedureState.B1Investigating, 3, 1, true), new(ProcedureState.B5InvestigationEnded, 4, 1, true),
        new(ProcedureState.C0LegalReview, 5, 1, true), new(ProcedureState.D0Notice, 6, 1, true), new(ProcedureState.D1Defence, 7, 1, true),
        new(ProcedureState.E1Decided, 8, 1, true), new(ProcedureState.E2Served, 9, 1, true), new(ProcedureState.F0Performing, 10, 1, true),
        new(ProcedureState.G0Closed, 11, 1, true), new(ProcedureState.G1Archived, 12, 1, true),
        new(ProcedureState.A6Dispute, 0, 0), new(ProcedureState.A5Referred, 1, 0), new(ProcedureState.B4Suspended, 3, 0),
        new(ProcedureState.D2Hearing, 7, 0), new(ProcedureState.E0Collective, 8, 0), new(ProcedureState.ZRevoked, 9, 0),
        new(ProcedureState.H0CriminalTransfer, 5, 0), new(ProcedureState.H1ReturnedByPolice, 6, 0), new(ProcedureState.F1Reminder, 10, 0),
        new(ProcedureState.F2Enforcing, 11, 0), new(ProcedureState.F3Court, 12, 0),
        new(ProcedureState.A7Dispatched, 0, 2), new(ProcedureState.A3Reminded, 1, 2), new(ProcedureState.C1Returned, 5, 2),
        new(ProcedureState.A8Rectified, 0, 3), new(ProcedureState.A4LeadClosed, 1, 3), new(ProcedureState.C2Disagreed, 5, 3),
        new(ProcedureState.X1Simple, 2, 3), new(ProcedureState.X2SimpleDecided, 8, 3), new(ProcedureState.X3SimpleReported, 9, 3),
        new(ProcedureState.A9Rechecked, 0, 4), new(ProcedureState.A1MMerged, 1, 4),
    ];

    public static FlowPlace? Of(ProcedureState state) => All.FirstOrDefault(place => place.State == state);
}
