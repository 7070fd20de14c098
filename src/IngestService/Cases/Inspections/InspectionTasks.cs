using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure.Inspections;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Inspections;

/// <summary>
/// Acts on inspection tasks: read the inspection at the version seen, decide, append. The sequencer's precondition decides who of two comes first;
/// a number that another desk took in the same moment is tried with the next.
/// </summary>
internal sealed class InspectionTasks(
    SeenInspections seen, ActState state, IInspectionQueries inspections, InspectionContexts contexts, IFactAppender appender, TimeProvider time)
{
    public async Task<InspectionResult> RunAsync(InspectionActRequest request, CancellationToken cancellation)
    {
        bool isPlan = request.Act?.Kind == InspectionActKind.Plan;
        RefusalDetail? incomplete = ActRules.Actor(request.Act?.Actor) ?? (isPlan ? null : ActRules.Subject(request.InspectionId));
        if (incomplete is not null)
            return Refused(incomplete);
        while (true)
        {
            (Inspection? subject, RefusalDetail? refusal) = isPlan ? await NewAsync(cancellation) : await seen.AtAsync(request.InspectionId, request.ExpectedVersion, cancellation);
            if (subject is null)
                return Refused(refusal!); // exactly one of the two is set
            if (contexts.For(subject, request.Act!) is not { } context)
                return Refused(new RefusalDetail(RefusalCode.NotPermitted, "no rules of the process are in force: ingest procedure activate"));
            InspectionDecision decision = InspectionDecider.Decide(subject, request.Act!, context);
            if (decision.Fact is not { } acted)
                return Refused(decision.Refusal!); // exactly one of the two is set
            if (request.DryRun)
                return new(new ActResult(null, request.InspectionId, subject.LifecycleVersion, null), subject.Number, acted.Earlier, null);
            if (isPlan)
                Number(acted);
            FactOutcome appended = await appender.AppendAsync(LeafOrigin.Operator, ToRecord(acted, subject.LifecycleVersion), cancellation);
            if (appended.Outcome.Receipt is { } receipt)
                return new(new ActResult(receipt, acted.InspectionId, subject.LifecycleVersion + 1, null), isPlan ? acted.Number : subject.Number, acted.Earlier, null);
            if (!isPlan || appended.Outcome.Refusal?.Code != RefusalCode.Conflict)
                return Refused(appended.Outcome.Refusal!); // no receipt: refused
        }
    }

    private async Task<Seen<Inspection>> NewAsync(CancellationToken cancellation)
    {
        await state.CatchUpAsync(cancellation);
        return new(new Inspection(), null);
    }

    // The next of unit and year by the projection, then the first the sequencer still has free.
    private void Number(InspectionActed acted)
    {
        string unit = acted.Act.Plan.UnitId;
        int year = CivilDate.YearOf(time);
        InspectionNumber number = new(unit, year, inspections.HighestNumber(unit, year) + 1);
        while (state.IsTaken(InspectionNumber.Stream(number.Id)))
            number = number with { Ordinal = number.Ordinal + 1 };
        (acted.InspectionId, acted.Number) = (number.Id, number.Text);
    }

    private static Record ToRecord(InspectionActed acted, ulong version) => new()
    {
        Sensitivity = Sensitivity.Internal,
        Preconditions = { new StreamPrecondition { Stream = InspectionNumber.Stream(acted.InspectionId), ExpectedVersion = version } },
        InspectionActed = acted,
    };

    private static InspectionResult Refused(RefusalDetail refusal) => new(ActResult.Refused(refusal), "", [], null);

    private static InspectionResult Refused(ProcedureRefusal guards)
    {
        RefusalCode code = guards.Guards.All(guard => guard.Name == "SAID") ? RefusalCode.IncompleteAct : RefusalCode.NotPermitted;
        string detail = string.Join("；", guards.Guards.Select(guard => $"{guard.Name} {guard.Detail}"));
        return new(ActResult.Refused(new RefusalDetail(code, detail)), "", [], guards);
    }
}
