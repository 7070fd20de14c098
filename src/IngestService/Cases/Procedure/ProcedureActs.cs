using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Procedure;

/// <summary>
/// Lawful steps: read the case at the version seen, decide, append. The sequencer's precondition decides who of two comes first; a number that
/// another case took in the same moment is tried with the next.
/// </summary>
internal sealed class ProcedureActs(
    ActState state, IProcedureQueries procedure, ProcedureContexts contexts, DocumentDrafts drafts, IFactAppender appender)
{
    public async Task<ProcedureActResult> RunAsync(ProcedureActRequest request, CancellationToken cancellation)
    {
        if ((ActRules.Actor(request.Act?.Actor) ?? ActRules.Subject(request.CaseId)) is { } incomplete)
            return Refused(incomplete);
        while (true)
        {
            (ProcedureCase? subject, RefusalDetail? refusal) = await SeenAsync(request, cancellation);
            if (subject is null)
                return Refused(refusal!); // exactly one of the two is set
            if (contexts.For(subject, request.Act!) is not { } context)
                return Refused(new RefusalDetail(RefusalCode.NotPermitted, "no rules of the process are in force: ingest procedure activate"));
            if (UnknownCase(request.Act!) is { } unknown)
                return Refused(unknown);
            (ProcedureAct act, context, ProcedureRefusal? undrafted) = drafts.Complete(subject, request.Act!, context);
            if (undrafted is not null)
                return Refused(undrafted);
            ProcedureDecision decision = ProcedureDecider.Decide(subject, act, context);
            if (decision.Fact is not { } acted)
                return Refused(decision.Refusal!); // exactly one of the two is set
            if (request.DryRun)
                return new(new ActResult(null, request.CaseId, request.ExpectedVersion, null), null);
            FactOutcome appended = await appender.AppendAsync(LeafOrigin.Operator, ToRecord(acted, request.ExpectedVersion), cancellation);
            if (appended.Outcome.Receipt is { } receipt)
                return new(new ActResult(receipt, request.CaseId, request.ExpectedVersion + 1, null), null);

            // The number went to another case: the lifecycle stands where it stood. Anything else is this act's own answer.
            bool numberTaken = appended.Outcome.Refusal?.Code == RefusalCode.Conflict && acted.Numbers.Any(given => given.Stream.Length > 0)
                && state.VersionOf(CaseStream.Lifecycle(request.CaseId)) == request.ExpectedVersion;
            if (!numberTaken)
                return Refused(appended.Outcome.Refusal!); // no receipt: refused
        }
    }

    private async Task<(ProcedureCase? Case, RefusalDetail? Refusal)> SeenAsync(ProcedureActRequest request, CancellationToken cancellation)
    {
        ulong now = state.VersionOf(CaseStream.Lifecycle(request.CaseId));
        await state.CatchUpAsync(cancellation);
        if (procedure.Find(request.CaseId) is not { } subject)
            return (null, new RefusalDetail(RefusalCode.UnknownSubject, $"no case {request.CaseId}"));
        if (subject.LifecycleVersion == request.ExpectedVersion && now <= request.ExpectedVersion)
            return (subject, null);
        return (null, ActSentences.Refuse(RefusalCode.Conflict, request.ExpectedVersion < subject.LifecycleVersion && subject.Acts.Count > 0
            ? ActSentences.CaseMoved(request.ExpectedVersion, subject.LifecycleVersion, subject.Acts[^1])
            : ActSentences.Moved(request.ExpectedVersion, Math.Max(now, subject.LifecycleVersion))));
    }

    private RefusalDetail? UnknownCase(ProcedureAct act) => act.Kind is ProcedureActKind.Merge or ProcedureActKind.Split
        && act.LinkedCase is { CaseId.Length: > 0 } linked && procedure.Find(linked.CaseId) is null
        ? new RefusalDetail(RefusalCode.UnknownSubject, $"no case {linked.CaseId}") : null;

    private static Record ToRecord(ProcedureActed acted, ulong version)
    {
        Record fact = new() { Sensitivity = Sensitivity.Internal, ProcedureActed = acted };
        fact.Preconditions.Add(new StreamPrecondition { Stream = CaseStream.Lifecycle(acted.CaseId), ExpectedVersion = version });

        // A form printed with its number was leased before: that was the stream's first version.
        ulong free = acted.Act.Kind == ProcedureActKind.DecideSimple ? 1UL : 0UL;
        foreach (GivenNumber given in acted.Numbers.Where(given => given.Stream.Length > 0))
            fact.Preconditions.Add(new StreamPrecondition { Stream = given.Stream, ExpectedVersion = free });
        return fact;
    }

    private static ProcedureActResult Refused(RefusalDetail refusal) => new(ActResult.Refused(refusal), null);

    private static ProcedureActResult Refused(ProcedureRefusal guards)
    {
        RefusalCode code = guards.Guards.All(guard => guard.Name == "SAID") ? RefusalCode.IncompleteAct : RefusalCode.NotPermitted;
        return new(ActResult.Refused(new RefusalDetail(code, string.Join("；", guards.Guards.Select(guard => $"{guard.Name} {guard.Detail}")))), guards);
    }
}
