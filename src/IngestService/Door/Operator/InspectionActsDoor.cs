using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Cases.Inspections;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;
using Contract = EdgeEnforcement.Contracts.V1.InspectionActs;

namespace EdgeEnforcement.IngestService.Door.Operator;

/// <summary>Acts on inspection tasks. Answered after they are durable; a refusal carries every guard that failed.</summary>
internal sealed class InspectionActsDoor(
    InspectionTasks tasks, InspectionCases cases, IActorIdentity identity, ILogger<InspectionActsDoor> log) : Contract.InspectionActsBase
{
    public override async Task<InspectionAnswer> Act(InspectionActRequest request, ServerCallContext context)
    {
        Admit(request.Act?.Actor, context);
        InspectionResult result = await ActBoundary.GuardAsync(tasks.RunAsync(request, context.CancellationToken));
        if (result.Act.Refusal is { } refusal)
            throw Refuse(refusal, result.Guards, context);
        InspectionAnswer answer = new() { InspectionId = result.Act.SubjectId, Number = result.Number, Version = result.Act.Version, Earlier = { result.Earlier } };
        if (result.Act.Receipt is not { } receipt)
            return answer; // a dry run
        string act = request.Act?.Kind.ToString() ?? context.Method;
        log.ActTaken(act, answer.InspectionId, receipt.Index.Value, request.Act?.Actor?.Id ?? "");
        (answer.EntryIndex, answer.LedgerSize) = (receipt.Index.Value, receipt.DurableSize);
        return answer;
    }

    public override async Task<ActAnswer> OpenCase(OpenInspectionCaseRequest request, ServerCallContext context)
    {
        Admit(request.Actor, context);
        ActResult result = await ActBoundary.GuardAsync(cases.OpenAsync(request, context.CancellationToken));
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
