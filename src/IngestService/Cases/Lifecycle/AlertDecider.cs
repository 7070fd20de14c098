using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Lifecycle;

/// <summary>
/// (alert at the version the actor saw, act) to fact or refusal. Pure; the precondition in the fact makes the sequencer refuse
/// it if the alert moved on after that version.
/// </summary>
internal static class AlertDecider
{
    public static Decision Acknowledge(AlertSnapshot alert, Actor actor) => Guarded(alert, AlertAct.Acknowledge, fact =>
        fact.AlertAcknowledged = new AlertAcknowledged { AlertId = alert.AlertId, Actor = actor });

    public static Decision Close(AlertSnapshot alert, Actor actor, CloseReason reason, string remark) =>
        Guarded(alert, AlertAct.Close, fact => fact.AlertClosed = new AlertClosed
        {
            AlertId = alert.AlertId, Actor = actor, Reason = reason, Remark = remark,
        });

    public static Decision Reopen(AlertSnapshot alert, Actor actor, string remark) => Guarded(alert, AlertAct.Reopen, fact =>
        fact.AlertReopened = new AlertReopened { AlertId = alert.AlertId, Actor = actor, Remark = remark });

    /// <param name="alert">At the version the supervisor saw.</param>
    /// <param name="closing">Of that alert.</param>
    /// <param name="act">His word.</param>
    /// <param name="isNewest">No other closing came after it.</param>
    /// <param name="officer">Entry of the register that says he holds the role.</param>
    public static Decision Sample(AlertSnapshot alert, ClosingRow closing, SampleClosingRequest act, bool isNewest, ulong officer)
    {
        if (!closing.Undone && closing.Draw >= closing.Percent)
            return Decision.Refuse(ActSentences.Refuse(RefusalCode.NotPermitted, ActSentences.NotInSample));
        if (closing.WordEntry > 0)
            return Decision.Refuse(ActSentences.Refuse(RefusalCode.NotPermitted, ActSentences.SampledAlready(closing.WordEntry)));
        if (closing.Actor.Id == act.Actor.Id)
            return Decision.Refuse(ActSentences.Refuse(RefusalCode.NotPermitted, ActSentences.OwnClosing));
        bool reopens = !act.Agrees && isNewest && alert.State == AlertState.Closed;
        Record fact = new()
        {
            Preconditions = { new StreamPrecondition { Stream = AlertStream.Sample(alert.AlertId, closing.ClosingEntry) } },
            Sensitivity = Sensitivity.Internal,
            AlertSampled = new AlertSampled
            {
                AlertId = alert.AlertId, ClosingEntry = closing.ClosingEntry, Agrees = act.Agrees, Reason = act.Reason.Trim(), Actor = act.Actor,
                Reopens = reopens, RegisterEntry = officer,
            },
        };
        if (reopens)
            fact.Preconditions.Add(Unmoved(alert));
        return Decision.Append(fact);
    }

    public static Decision RegisterLead(AlertSnapshot alert, Actor actor, string reason, string number)
    {
        // A hazard goes to flood control and is never a case, so it can be no lead either, whatever its state.
        if (alert.Kind == AlertKind.Hazard)
            return Decision.Refuse(RefusalCode.NotPermitted, "T2: a hazard alert goes to flood control (转防汛) and can never become a lead");
        return Guarded(alert, AlertAct.RegisterLead, fact =>
        {
            fact.Preconditions.Add(new StreamPrecondition { Stream = LeadStream.Of(number) });
            fact.LeadRegistered = new LeadRegistered
            {
                LeadId = LeadIdOf(alert.AlertId), Number = number, AlertId = alert.AlertId, Actor = actor, Reason = reason,
            };
        });
    }

    public static string LeadIdOf(string alertId) => "L-" + alertId;

    internal static StreamPrecondition Unmoved(AlertSnapshot alert) =>
        new() { Stream = AlertStream.Of(alert.AlertId), ExpectedVersion = alert.Version };

    private static Decision Guarded(AlertSnapshot alert, AlertAct act, Action<Record> fill)
    {
        if (AlertTransitions.GuardAgainst(alert.State, act) is { } guard)
            return Decision.Refuse(RefusalCode.NotPermitted, guard);
        Record fact = new() { Preconditions = { Unmoved(alert) }, Sensitivity = Sensitivity.Internal };
        fill(fact);
        return Decision.Append(fact);
    }
}
