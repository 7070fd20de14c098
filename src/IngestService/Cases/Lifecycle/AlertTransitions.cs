using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Cases.Lifecycle;

/// <summary>
/// State × act, as data: a null is a step that may be taken, a text is the guard that forbids it. Codes are those of the
/// process (A0 alert, A0X closed without registration, A1 lead, B0 case).
/// </summary>
internal static class AlertTransitions
{
    private const string Acknowledged = "T1: the alert is acknowledged already";
    private const string Closed = "T2b: the alert is closed (A0X); reopen it first";
    private const string IsLead = "T2: the alert is a lead (A1) already; a lead ends by T4b, not by this act";
    private const string NotClosed = "T2b: only a closed alert (A0X) can be reopened";
    private const string NotLead = "T2: a case is opened from a lead (A1), not from an alert";

    private static readonly Dictionary<(AlertState, AlertAct), string?> Guards = new()
    {
        [(AlertState.New, AlertAct.Acknowledge)] = null,
        [(AlertState.New, AlertAct.Close)] = null,
        [(AlertState.New, AlertAct.Reopen)] = NotClosed,
        [(AlertState.New, AlertAct.RegisterLead)] = null,
        [(AlertState.New, AlertAct.OpenCase)] = NotLead,

        [(AlertState.Acknowledged, AlertAct.Acknowledge)] = Acknowledged,
        [(AlertState.Acknowledged, AlertAct.Close)] = null,
        [(AlertState.Acknowledged, AlertAct.Reopen)] = NotClosed,
        [(AlertState.Acknowledged, AlertAct.RegisterLead)] = null,
        [(AlertState.Acknowledged, AlertAct.OpenCase)] = NotLead,

        [(AlertState.Closed, AlertAct.Acknowledge)] = Closed,
        [(AlertState.Closed, AlertAct.Close)] = Closed,
        [(AlertState.Closed, AlertAct.Reopen)] = null,
        [(AlertState.Closed, AlertAct.RegisterLead)] = Closed,
        [(AlertState.Closed, AlertAct.OpenCase)] = Closed,

        [(AlertState.Lead, AlertAct.Acknowledge)] = IsLead,
        [(AlertState.Lead, AlertAct.Close)] = IsLead,
        [(AlertState.Lead, AlertAct.Reopen)] = IsLead,
        [(AlertState.Lead, AlertAct.RegisterLead)] = IsLead,
        [(AlertState.Lead, AlertAct.OpenCase)] = null,
    };

    public static string? GuardAgainst(AlertState state, AlertAct act) => Guards[(state, act)];
}
