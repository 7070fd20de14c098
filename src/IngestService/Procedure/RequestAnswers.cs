using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Guards;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>批准, 退回, 撤回: the second half of an act that needs its approver (审批).</summary>
internal static class RequestAnswers
{
    public static ProcedureDecision Decide(ProcedureCase subject, ProcedureAct act, ProcedureContext context)
    {
        ActScope answer = new(subject, act, context);
        if (!answer.Require("PENDING", subject.Pending is not null, "没有待审批的事项", "先由承办人提出"))
            return ProcedureDecider.Refusal(answer);
        PendingRequest pending = subject.Pending!; // the guard above ended without it
        answer.Require("REQUEST_SEEN", act.Answer?.RequestEntry == pending.EntryIndex, "审批的不是现在待批的事项", "重新打开案卷", "APL-57");
        answer.Require("HAPPENED", answer.HappenedAt <= answer.Now && answer.HappenedAt >= Instants.Of(pending.At),
            "答复时间在将来，或早于提出", "按实际时间答复");
        bool isWithdrawal = act.Kind == Kind.WithdrawRequest;
        OfficerGuards.Actor(answer, [isWithdrawal ? pending.Act.Role : pending.Approver], officers: 1);
        answer.Require("OTHER_PERSON", isWithdrawal || (act.Actor.Id != pending.Act.Actor.Id && act.Actor.Id != pending.Act.SecondOfficerId),
            "审批人是提出人本人", "由他人审批", "APL-58");
        answer.Said(act.Kind != Kind.ReturnRequest || ActScope.IsText(act.Answer?.Opinion ?? ""), "退回的意见");
        if (answer.Guards.Failed.Count > 0)
            return ProcedureDecider.Refusal(answer);
        return act.Kind == Kind.Approve ? Approve(answer, pending) : new(ProcedureDecider.Fact(answer), null);
    }

    // The request's own guards are asked again, now: evidence, certificates and clocks may have changed since. It takes effect today, not on the
    // day it was asked for.
    private static ProcedureDecision Approve(ActScope answer, PendingRequest pending)
    {
        ProcedureAct act = pending.Act.Clone();
        act.HappenedAt = null;
        ActScope effect = new(answer.Case, act, answer.Context);
        ActDefinition definition = ActTable.All[act.Kind];
        if (!ProcedureDecider.IsReached(effect, definition) || ProcedureDecider.Judge(effect, definition, isApproved: true)?.Fact is not { } judged)
            return ProcedureDecider.Refusal(effect);
        ProcedureActed fact = ProcedureDecider.Fact(answer);
        fact.To = judged.To;
        fact.Guards.AddRange(judged.Guards);
        fact.Numbers.AddRange(judged.Numbers);
        fact.Clocks.AddRange(judged.Clocks);
        return new(fact, null);
    }
}
