using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Cases.Registers;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;
using Contract = EdgeEnforcement.Contracts.V1.RegisterActs;

namespace EdgeEnforcement.IngestService.Door.Operator;

/// <summary>Changes of the registers. Answered after they are durable.</summary>
internal sealed class RegisterActsDoor(
    Cases.Registers.RegisterActs acts, RegisterImport imports, IActorIdentity identity, ILogger<RegisterActsDoor> log) : Contract.RegisterActsBase
{
    public override async Task<ChangeRegisterAnswer> Change(ChangeRegisterRequest request, ServerCallContext context)
    {
        Admit(request.Actor, context);
        RegisterActResult result = await ActBoundary.GuardAsync(acts.ChangeAsync(request, context.CancellationToken));
        AppendReceipt receipt = Taken(result, request.Changes.FirstOrDefault()?.Change?.Id ?? "", request.Actor, context);
        ChangeRegisterAnswer answer = new() { EntryIndex = receipt.Index.Value, LedgerSize = receipt.DurableSize };
        answer.Versions.AddRange(request.Changes.Select(_ => receipt.Index.Value + 1));
        return answer;
    }

    public override async Task<RevealIdentityAnswer> RevealIdentity(RevealIdentityRequest request, ServerCallContext context)
    {
        Admit(request.Actor, context);
        (RegisterActResult result, EnforcementObject? shown) = await ActBoundary.GuardAsync(acts.RevealAsync(request, context.CancellationToken));
        AppendReceipt receipt = Taken(result, request.ObjectId, request.Actor, context);
        return new RevealIdentityAnswer
        {
            EntryIndex = receipt.Index.Value,
            LedgerSize = receipt.DurableSize,
            IdentityType = shown?.IdentityType ?? "",
            IdentityNumber = shown?.IdentityNumber ?? "",
        };
    }

    public override async Task<ImportReport> ImportFile(IAsyncStreamReader<ImportChunk> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.Head is not { } head)
            throw ActBoundary.ToException(new RefusalDetail(RefusalCode.IncompleteAct, "the first message of an import names its file"));
        Admit(head.Actor, context);
        ImportResult result = await ActBoundary.GuardAsync(imports.RunAsync(head, requestStream.ReadContentAsync(context.CancellationToken), context.CancellationToken));
        if (result.Refusal is { } refusal)
            throw Refuse(refusal, context);
        ImportReport report = result.Report ?? throw new RpcException(new Status(StatusCode.Internal, "the import gave no report"));
        if (report.EntryIndex > 0)
            log.ActTaken(context.Method, head.FileName, report.EntryIndex, head.Actor.Id);
        return report;
    }

    private void Admit(Actor? actor, ServerCallContext context)
    {
        if (identity.WhyNot(context.Peer, actor) is { } refusal)
            throw Refuse(refusal, context);
    }

    private AppendReceipt Taken(RegisterActResult result, string subject, Actor actor, ServerCallContext context)
    {
        if (result.Refusal is { } refusal)
            throw Refuse(refusal, context);
        AppendReceipt receipt = result.Receipt ?? throw new RpcException(new Status(StatusCode.Internal, "the act has no receipt"));
        log.ActTaken(context.Method, subject, receipt.Index.Value, actor.Id);
        return receipt;
    }

    private RpcException Refuse(RefusalDetail refusal, ServerCallContext context)
    {
        log.ActRefused(context.Method, refusal.Code, refusal.Detail);
        return ActBoundary.ToException(refusal);
    }
}
