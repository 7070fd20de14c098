using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Cases.Numbers;
using EdgeEnforcement.IngestService.Cases.Procedure;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;
using Contract = EdgeEnforcement.Contracts.V1.ProcedureActs;

namespace EdgeEnforcement.IngestService.Door.Operator;

/// <summary>Lawful steps. Answered after they are durable; a refusal carries every guard that failed.</summary>
internal sealed class ProcedureActsDoor(
    Cases.Procedure.ProcedureActs acts, RulesActivation rules, NumberActs numbers, IActorIdentity identity, ILogger<ProcedureActsDoor> log) : Contract.ProcedureActsBase
{
    public override async Task<ActAnswer> Act(ProcedureActRequest request, ServerCallContext context)
    {
        Admit(request.Act?.Actor, context);
        ProcedureActResult result = await ActBoundary.GuardAsync(acts.RunAsync(request, context.CancellationToken));
        if (result.Act.Refusal is { } refusal)
            throw Refuse(refusal, result.Guards, context);
        if (result.Act.Receipt is not { } receipt)
            return new ActAnswer { SubjectId = request.CaseId, Version = request.ExpectedVersion }; // a dry run
        string act = request.Act?.Kind.ToString() ?? context.Method;
        log.ActTaken(act, request.CaseId, receipt.Index.Value, request.Act?.Actor?.Id ?? "");
        return new ActAnswer
        {
            EntryIndex = receipt.Index.Value, LedgerSize = receipt.DurableSize, SubjectId = result.Act.SubjectId, Version = result.Act.Version,
        };
    }

    public override async Task<ActivateRulesAnswer> ActivateRules(ActivateRulesRequest request, ServerCallContext context)
    {
        Admit(request.Actor, context);
        (ActivateRulesAnswer? answer, RefusalDetail? refusal) = await ActBoundary.GuardAsync(rules.RunAsync(request, context.CancellationToken));
        if (refusal is not null)
            throw Refuse(refusal, null, context);
        if (answer is null)
            throw new RpcException(new Status(StatusCode.Internal, "the activation gave no answer"));
        if (answer.EntryIndex > 0)
            log.ActTaken(context.Method, answer.Version, answer.EntryIndex, request.Actor.Id);
        return answer;
    }

    public override async Task<LeaseNumbersAnswer> LeaseNumbers(LeaseNumbersRequest request, ServerCallContext context)
    {
        Admit(request.Actor, context);
        (ActResult result, LeaseNumbersAnswer? leased) = await ActBoundary.GuardAsync(numbers.LeaseAsync(request, context.CancellationToken));
        if (result.Receipt is not { } receipt || leased is null)
            throw Refuse(result.Refusal!, null, context); // no receipt: refused
        log.ActTaken(context.Method, result.SubjectId, receipt.Index.Value, request.Actor.Id);
        return leased;
    }

    public override async Task<ActAnswer> VoidNumber(VoidNumberRequest request, ServerCallContext context)
    {
        Admit(request.Actor, context);
        ActResult result = await ActBoundary.GuardAsync(numbers.VoidAsync(request, context.CancellationToken));
        if (result.Receipt is not { } receipt)
            throw Refuse(result.Refusal!, null, context); // no receipt: refused
        log.ActTaken(context.Method, result.SubjectId, receipt.Index.Value, request.Actor.Id);
        return new ActAnswer { EntryIndex = receipt.Index.Value, LedgerSize = receipt.DurableSize, SubjectId = result.SubjectId, Version = result.Version };
    }

    private void Admit(Actor? actor, ServerCallContext context)
    {
        if (identity.WhyNot(context.Peer, actor) is { } refusal)
            throw Refuse(refusal, null, context);
    }

    private RpcException Refuse(RefusalDetail refusal, ProcedureRefusal? guards, ServerCallContext context)
    {
        log.ActRefused(context.Method, refusal.Code, refusal.Detail);
        return ActBoundary.ToException(refusal, guards);
    }
}
