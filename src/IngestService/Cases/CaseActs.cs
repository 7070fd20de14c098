using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Inspections;
using EdgeEnforcement.IngestService.Cases.Lifecycle;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>Acts on cases: open, attach, detach.</summary>
internal sealed class CaseActs(
    ActState state, IProcedureQueries procedure, ActorStanding standing, CaseOpenings openings, IFactAppender appender, TimeProvider time)
{
    public async Task<ActResult> OpenAsync(OpenCaseRequest act, CancellationToken cancellation)
    {
        if (ActRules.OpenCase(act, time.GetUtcNow()) is { } incomplete)
            return ActResult.Refused(incomplete);
        await state.CatchUpAsync(cancellation);
        if (standing.WhyNot(act.Actor.Id) is { } barred)
            return ActResult.Refused(barred);
        Seen<Inspection> inspection = await openings.SeenAsync(act, cancellation);
        if (inspection.Refusal is { } notThisOne)
            return ActResult.Refused(notThisOne);
        AlertSnapshot? lead = null;
        if (act.LeadId.Length > 0)
        {
            Seen<AlertSnapshot> seen = await state.LeadAsync(act.LeadId, act.ExpectedLeadVersion, cancellation);
            if (seen.Refusal is { } refusal)
                return ActResult.Refused(refusal);
            lead = seen.Subject;
        }

        return act.Number.Trim().Length > 0
            ? await OpenTypedAsync(act, lead, cancellation)
            : await OpenNextAsync(act, lead, cancellation);
    }

    public async Task<ActResult> AttachAsync(AttachMediaRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Subject(act.CaseId) ?? ActRules.Reason(act.Reason)) is { } incomplete)
            return ActResult.Refused(incomplete);
        Seen<CaseSnapshot> seen = await state.EvidenceAsync(act.CaseId, act.ExpectedEvidenceVersion, cancellation);
        if (seen.Subject is not { } subject)
            return ActResult.Refused(seen.Refusal!); // exactly one of the two is set
        if (!state.IsManifest(act.ManifestIndex))
            return ActResult.Refused(new RefusalDetail(RefusalCode.UnknownSubject, $"no manifest at entry {act.ManifestIndex}"));
        if (CaseDecider.Closed(procedure.Find(act.CaseId)?.State, detaches: false) is { } closed)
            return ActResult.Refused(closed);
        Decision decision = CaseDecider.Attach(subject, act, state.IsAttached(act.CaseId, act.ManifestIndex));
        return await ActAppend.RunAsync(appender, decision, act.CaseId, act.ExpectedEvidenceVersion + 1, cancellation);
    }

    public async Task<ActResult> DetachAsync(DetachMediaRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Subject(act.CaseId) ?? ActRules.Reason(act.Reason)) is { } incomplete)
            return ActResult.Refused(incomplete);
        Seen<CaseSnapshot> seen = await state.EvidenceAsync(act.CaseId, act.ExpectedEvidenceVersion, cancellation);
        if (seen.Subject is not { } subject)
            return ActResult.Refused(seen.Refusal!); // exactly one of the two is set
        if (CaseDecider.Closed(procedure.Find(act.CaseId)?.State, detaches: true) is { } closed)
            return ActResult.Refused(closed);
        Decision decision = CaseDecider.Detach(subject, act, state.IsAttached(act.CaseId, act.ManifestIndex));
        return await ActAppend.RunAsync(appender, decision, act.CaseId, act.ExpectedEvidenceVersion + 1, cancellation);
    }

    private async Task<ActResult> OpenTypedAsync(OpenCaseRequest act, AlertSnapshot? lead, CancellationToken cancellation)
    {
        string number = CaseNumber.Clean(act.Number);
        ActResult result = await AppendAsync(act, number, lead, cancellation);
        return result.Refusal?.Code == RefusalCode.Conflict && IsTaken(number)
            ? ActResult.Refused(new RefusalDetail(RefusalCode.Conflict, $"the case number {number} is taken"))
            : result;
    }

    // The next of its year by the ledger's own state: the highest number shown, then the first the sequencer still has free.
    private async Task<ActResult> OpenNextAsync(OpenCaseRequest act, AlertSnapshot? lead, CancellationToken cancellation)
    {
        int year = CivilDate.YearOf(time);
        string prefix = CaseNumber.CasePrefix(year);
        ulong ordinal = state.LastCaseNumbers(prefix).Select(number => CaseNumber.OrdinalOf(number, prefix)).Append(0UL).Max();
        while (true)
        {
            do
                ordinal++;
            while (IsTaken(CaseNumber.Case(year, ordinal)));
            ActResult result = await AppendAsync(act, CaseNumber.Case(year, ordinal), lead, cancellation);

            // Another desk took the number in the same moment: the next one. A conflict on the lead itself stands.
            bool numberTaken = result.Refusal?.Code == RefusalCode.Conflict && IsTaken(CaseNumber.Case(year, ordinal))
                && (lead is null || !state.HasMoved(AlertStream.Of(lead.AlertId), lead.Version));
            if (!numberTaken)
                return result;
        }
    }

    private Task<ActResult> AppendAsync(OpenCaseRequest act, string number, AlertSnapshot? lead, CancellationToken cancellation)
    {
        Decision decision = CaseDecider.Open(act, number, lead);
        if (decision.Fact is { } fact)
            openings.Start(fact.CaseOpened);
        return ActAppend.RunAsync(appender, decision, CaseNumber.IdOf(number), 1, cancellation);
    }

    private bool IsTaken(string number) => state.IsTaken(CaseStream.Lifecycle(CaseNumber.IdOf(number)));
}
