using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Cases.Lifecycle;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>Acts on alerts: check, read the state seen, decide, append.</summary>
internal sealed class AlertActs(
    ActState state, IClosingQueries closings, ActorStanding standing, IFactAppender appender, TimeProvider time)
{
    public Task<ActResult> AcknowledgeAsync(AcknowledgeAlertRequest act, CancellationToken cancellation) => RunAsync(
        ActRules.Actor(act.Actor) ?? ActRules.Subject(act.AlertId), act.Actor, act.AlertId, act.ExpectedVersion,
        alert => AlertDecider.Acknowledge(alert, act.Actor), cancellation);

    public Task<ActResult> CloseAsync(CloseAlertRequest act, CancellationToken cancellation) => RunAsync(
        ActRules.Actor(act.Actor) ?? ActRules.Subject(act.AlertId) ?? ActRules.CloseReason(act.Reason) ?? ActRules.Text(act.Remark),
        act.Actor, act.AlertId, act.ExpectedVersion,
        alert => AlertDecider.Close(alert, act.Actor, act.Reason, act.Remark.Trim()), cancellation);

    public Task<ActResult> ReopenAsync(ReopenAlertRequest act, CancellationToken cancellation) => RunAsync(
        ActRules.Actor(act.Actor) ?? ActRules.Subject(act.AlertId) ?? ActRules.Text(act.Remark), act.Actor, act.AlertId, act.ExpectedVersion,
        alert => AlertDecider.Reopen(alert, act.Actor, act.Remark.Trim()), cancellation);

    /// <summary>The supervisor's word on a closing of the sample (T2b).</summary>
    public async Task<ActResult> SampleAsync(SampleClosingRequest act, CancellationToken cancellation)
    {
        RefusalDetail? incomplete = ActRules.Actor(act.Actor) ?? ActRules.Subject(act.AlertId)
            ?? (act.Agrees ? ActRules.Text(act.Reason) : ActRules.Reason(act.Reason));
        if (incomplete is not null)
            return ActResult.Refused(incomplete);
        Seen<AlertSnapshot> seen = await state.AlertAsync(act.AlertId, act.ExpectedVersion, cancellation);
        if (seen.Subject is not { } alert)
            return ActResult.Refused(seen.Refusal!); // exactly one of the two is set
        if (closings.Find(act.ClosingEntry) is not { } closing || closing.Alert.AlertId != act.AlertId)
            return ActResult.Refused(ActSentences.Refuse(RefusalCode.UnknownSubject, ActSentences.NoClosing(act.ClosingEntry)));
        (ulong? officer, RefusalDetail? barred) = standing.Holds(act.Actor.Id, OfficerRole.Supervisor);
        if (officer is not { } entry)
            return ActResult.Refused(barred!); // exactly one of the two is set
        Decision decision = AlertDecider.Sample(alert, closing, act, closings.IsNewest(act.ClosingEntry, act.AlertId), entry);
        ulong version = act.ExpectedVersion + (decision.Fact?.AlertSampled.Reopens == true ? 1UL : 0);
        return await ActAppend.RunAsync(appender, decision, act.AlertId, version, cancellation);
    }

    public async Task<ActResult> RegisterLeadAsync(RegisterLeadRequest act, CancellationToken cancellation)
    {
        RefusalDetail? incomplete = ActRules.Actor(act.Actor) ?? ActRules.Subject(act.AlertId) ?? ActRules.Reason(act.Reason);
        for (ulong ordinal = 0; ;)
        {
            string number = "";
            ActResult result = await RunAsync(incomplete, act.Actor, act.AlertId, act.ExpectedVersion, alert =>
            {
                (ordinal, number) = NextNumber(ordinal);
                return AlertDecider.RegisterLead(alert, act.Actor, act.Reason.Trim(), number);
            }, cancellation);

            // The number went to another lead in the same moment: the next one. A conflict on the alert itself stands.
            bool numberTaken = result.Refusal?.Code == RefusalCode.Conflict && number.Length > 0
                && !state.HasMoved(AlertStream.Of(act.AlertId), act.ExpectedVersion);
            if (!numberTaken)
                return result.Receipt is null ? result : result with { SubjectId = AlertDecider.LeadIdOf(act.AlertId) };
        }
    }

    private (ulong Ordinal, string Number) NextNumber(ulong after)
    {
        int year = CivilDate.YearOf(time);
        ulong ordinal = after == 0 ? state.CountLeads() + 1 : after + 1;
        while (state.IsTaken(LeadStream.Of(CaseNumber.Lead(year, ordinal))))
            ordinal++;
        return (ordinal, CaseNumber.Lead(year, ordinal));
    }

    private async Task<ActResult> RunAsync(
        RefusalDetail? incomplete, Actor actor, string alertId, ulong expectedVersion, Func<AlertSnapshot, Decision> decide, CancellationToken cancellation)
    {
        if (incomplete is not null)
            return ActResult.Refused(incomplete);
        Seen<AlertSnapshot> seen = await state.AlertAsync(alertId, expectedVersion, cancellation);
        if (seen.Subject is not { } alert)
            return ActResult.Refused(seen.Refusal!); // exactly one of the two is set
        if (standing.WhyNot(actor.Id) is { } barred)
            return ActResult.Refused(barred);
        Decision decision = decide(alert);
        return await ActAppend.RunAsync(appender, decision, alertId, expectedVersion + 1, cancellation);
    }
}
