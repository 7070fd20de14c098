using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Procedure.Guards;
using Google.Protobuf.WellKnownTypes;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>
/// (case as it was seen, act, what is read) to a fact or a refusal with every guard that fails. Pure: no clock, no store, no random; the fact's
/// precondition makes the sequencer refuse it if the case moved on.
/// </summary>
/// <remarks>
///   act --state--> who --guards--> clocks --+--> needs no approval: fact, from → to
///                                           '--> needs approval: fact "requested", the state stays; APPROVE asks all guards but "who" again,
///                                                at the approver's own time, and takes effect then: a filing is of the day it was approved.
/// While a request waits, only documents go on; every other act would change what the approver is looking at.
/// </remarks>
internal static class ProcedureDecider
{
    public static ProcedureDecision Decide(ProcedureCase subject, ProcedureAct asked, ProcedureContext context)
    {
        ProcedureAct act = asked.Clone();
        act.Actor ??= new Actor();
        return act.Kind is Kind.Approve or Kind.ReturnRequest or Kind.WithdrawRequest
            ? RequestAnswers.Decide(subject, act, context)
            : DecideAct(new ActScope(subject, act, context));
    }

    /// <summary>An act in the order of its guards; also what the page asks to show what is missing.</summary>
    private static ProcedureDecision DecideAct(ActScope scope)
    {
        if (!ActTable.All.TryGetValue(scope.Act.Kind, out ActDefinition? definition))
            return Refused(scope, "ACT", "没有这种行为", "选择流程中的行为");
        if (scope.Case.Pending is { } pending && scope.Act.Kind is not (Kind.IssueDocument or Kind.BindScan))
            return Refused(scope, "PENDING", $"“{Words.Of(pending.Act.Kind)}”等待{Words.Of(pending.Approver)}审批", "先批准、退回或撤回");
        if (!IsReached(scope, definition))
            return Refusal(scope);
        scope.Require("HAPPENED", scope.HappenedAt <= scope.Now && scope.HappenedAt >= EarliestOf(scope), "行为时间在将来，或早于其前提", "按实际时间记录");
        OfficerGuards.Actor(scope, definition.Roles, definition.Officers);
        return Judge(scope, definition, isApproved: false) ?? Refusal(scope);
    }

    // What is done in the field may be entered later, but not dated before the case; the simple procedure, before it, too. Work at the desk is of the
    // time at which it is entered: certificates and deadlines are not got round by an earlier date. Forms give minutes.
    private static DateTimeOffset EarliestOf(ActScope scope)
    {
        DateTimeOffset earliest = scope.Act.Kind switch
        {
            Kind.StartSimple => DateTimeOffset.MinValue,
            Kind.DecideSimple => DoneAt(scope.Case, Kind.StartSimple),
            Kind.ReportSimple => DoneAt(scope.Case, Kind.DecideSimple),
            Kind.ServeNotice or Kind.ServeDecision => Instants.Of(scope.Act.Service?.ServedAt ?? scope.Case.OpenedAt),
            Kind.RecordInvestigation => Instants.Of(scope.Act.Record?.Until ?? scope.Case.OpenedAt),
            Kind.RecordHearing => Instants.Of(scope.Act.Hearing?.HeldAt ?? scope.Case.OpenedAt),
            Kind.RecordDefence or Kind.WaiveDefence or Kind.RequestHearing or Kind.WithdrawHearing =>
                Instants.Of(scope.Case.Notice?.ServedAt ?? scope.Case.OpenedAt), // nobody answers, or waives, what he was not told
            Kind.RecordPayment => DecidedAt(scope.Case),
            Kind.Remind or Kind.ConfirmCorrection or Kind.CorrectionFailed or Kind.Rectify or Kind.Recheck or Kind.Resume or Kind.ResumeClock =>
                Instants.Of(scope.Case.OpenedAt),
            _ => Instants.Of(scope.Case.Acts.LastOrDefault(made => made.From != made.To)?.At ?? scope.Case.OpenedAt),
        };
        return earliest == DateTimeOffset.MinValue ? earliest : earliest.AddMinutes(-1);
    }

    // On the spot it may have been decided before it was entered.
    private static DateTimeOffset DecidedAt(ProcedureCase subject) =>
        subject.Simple is null ? Instants.Of(subject.DecidedAt ?? subject.OpenedAt) : DoneAt(subject, Kind.DecideSimple);

    private static DateTimeOffset DoneAt(ProcedureCase subject, Kind kind) => subject.Acts.LastOrDefault(made => made.Kind == kind) is { } made
        ? Instants.Of(made.HappenedAt ?? made.At) : DateTimeOffset.MinValue;

    /// <summary>Null: guards fail, the scope says which.</summary>
    public static ProcedureDecision? Judge(ActScope scope, ActDefinition definition, bool isApproved)
    {
        ClockGuards.Open(scope);
        definition.Guards(scope);
        if (scope.Guards.Failed.Count > 0)
            return null;
        ProcedureActed fact = Fact(scope);
        if (definition.Approver != OfficerRole.Unspecified && !isApproved)
        {
            fact.Requested = true;
            fact.To = fact.From;
            return new(fact, null);
        }

        fact.To = definition.To(scope);
        fact.Numbers.AddRange(NumberGiving.For(scope));
        fact.Clocks.AddRange(ClockPolicy.After(scope.Case, scope.Act, fact.To, scope.Now, scope.Rules, new ClockCalendar(scope.Context.Book, scope.Context.AsOf)));
        return new(fact, null);
    }

    public static bool IsReached(ActScope scope, ActDefinition definition) => scope.Require("STATE", definition.IsFrom(scope.Case.State),
        $"案卷处于“{Words.Of(scope.Case.State)}”，不能{Words.Of(definition.Kind)}",
        $"只能在{string.Join("、", definition.Transitions.Keys.Select(Words.Of))}环节办理", [.. definition.Articles]);

    public static ProcedureDecision Refusal(ActScope scope)
    {
        ProcedureRefusal refusal = new() { State = scope.Case.State, Act = scope.Act.Kind };
        refusal.Guards.AddRange(scope.Guards.Failed);
        return new(null, refusal);
    }

    public static ProcedureActed Fact(ActScope scope)
    {
        ProcedureActed fact = new()
        {
            CaseId = scope.Case.CaseId,
            Act = scope.Act,
            From = scope.Case.State,
            To = scope.Case.State,
            At = scope.Now.ToTimestamp(),
            RulesEntry = scope.Context.RulesEntry,
            PreviousStateSha256 = scope.Case.StateSha256,
        };
        fact.Guards.AddRange(scope.Guards.Passed);
        return fact;
    }

    private static ProcedureDecision Refused(ActScope scope, string name, string wrong, string satisfiedBy)
    {
        scope.Guards.Fail(name, wrong, satisfiedBy);
        return Refusal(scope);
    }
}
