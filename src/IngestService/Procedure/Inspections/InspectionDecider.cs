using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;
using Kind = EdgeEnforcement.Contracts.V1.InspectionActKind;
using State = EdgeEnforcement.Contracts.V1.InspectionState;

namespace EdgeEnforcement.IngestService.Procedure.Inspections;

/// <summary>
/// (inspection as it was seen, act, what is read) to a fact or a refusal with every guard that fails. Pure, like
/// <see cref="ProcedureDecider"/>; the fact's precondition makes the sequencer refuse it if the inspection moved on.
/// </summary>
/// <remarks>
///   -- PLAN --> planned -- START --> started -- FINISH --> finished --(OpenCase)--> a lead of its own, as often as there are violations
///                  '------ CANCEL ------'--> cancelled
/// Recordings may be linked after the end: a recorder is docked when the shift is over.
/// </remarks>
internal static class InspectionDecider
{
    private static readonly Dictionary<Kind, (State[] From, State To, Action<InspectionScope> Guards)> Acts = new()
    {
        [Kind.Plan] = ([State.Unspecified], State.Planned, InspectionGuards.Plan),
        [Kind.Start] = ([State.Planned], State.Started, InspectionGuards.Start),
        [Kind.LinkRecording] = ([State.Started, State.Finished], State.Unspecified, InspectionGuards.Link),
        [Kind.UnlinkRecording] = ([State.Started, State.Finished], State.Unspecified, InspectionGuards.Unlink),
        [Kind.RecordFinding] = ([State.Started], State.Unspecified, InspectionGuards.Finding),
        [Kind.Finish] = ([State.Started], State.Finished, InspectionGuards.Finish),
        [Kind.Cancel] = ([State.Planned, State.Started], State.Cancelled, InspectionGuards.Cancel),
    };

    /// <summary>Acts that lead on from a state.</summary>
    public static IEnumerable<Kind> From(State state) => Acts.Where(known => known.Value.From.Contains(state)).Select(known => known.Key);

    public static InspectionDecision Decide(Inspection subject, InspectionAct asked, InspectionContext context)
    {
        InspectionAct act = asked.Clone();
        act.Actor ??= new Actor();
        if (act.Kind is not (Kind.Start or Kind.RecordFinding or Kind.Finish))
            act.HappenedAt = null; // work at the desk is of the time at which it is entered
        InspectionScope scope = new(subject, act, context);
        if (!Acts.TryGetValue(act.Kind, out (State[] From, State To, Action<InspectionScope> Guards) known))
            scope.Law.Guards.Fail("ACT", "没有这种行为", "选择检查任务的行为");
        else if (scope.Require("STATE", known.From.Contains(subject.State), $"检查任务{InspectionWords.Of(subject.State)}，不能{InspectionWords.Of(act.Kind)}",
            $"只能在{string.Join("、", known.From.Select(InspectionWords.Of))}时办理"))
            known.Guards(scope);
        if (scope.Law.Guards.Failed.Count > 0)
            return new(null, new ProcedureRefusal { Guards = { scope.Law.Guards.Failed } });
        return new(Fact(scope, known.To == State.Unspecified ? subject.State : known.To), null);
    }

    private static InspectionActed Fact(InspectionScope scope, State to)
    {
        InspectionActed fact = new()
        {
            InspectionId = scope.Subject.InspectionId, Act = scope.Act, From = scope.Subject.State, To = to,
            At = scope.Law.Now.ToTimestamp(), RulesEntry = scope.Context.Law.RulesEntry, Guards = { scope.Law.Guards.Passed },
        };
        if (scope.Act.Kind == Kind.Plan)
            fact.Domain = scope.Domain;
        if (scope.Act.Kind is Kind.Plan or Kind.Start)
            fact.Earlier.AddRange(scope.Context.Earlier);
        return fact;
    }
}
