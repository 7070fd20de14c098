using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Cases.Erasure;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door.Operator;

/// <summary>
/// Operators' acts. An answer is given after the act is durable; a refusal is the call's status with its code and name in
/// the trailers. Who the actor is, is <see cref="IActorIdentity"/>'s word.
/// </summary>
internal sealed class ActsDoor(
    AlertActs alerts, CaseActs cases, EvidenceCheck evidence, ErasureActs erasures, IActorIdentity identity, ILogger<ActsDoor> log) : Acts.ActsBase
{
    public override Task<ActAnswer> AcknowledgeAlert(AcknowledgeAlertRequest request, ServerCallContext context) =>
        AnswerAsync(() => alerts.AcknowledgeAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> CloseAlert(CloseAlertRequest request, ServerCallContext context) =>
        AnswerAsync(() => alerts.CloseAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> ReopenAlert(ReopenAlertRequest request, ServerCallContext context) =>
        AnswerAsync(() => alerts.ReopenAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> SampleClosing(SampleClosingRequest request, ServerCallContext context) =>
        AnswerAsync(() => alerts.SampleAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> RegisterLead(RegisterLeadRequest request, ServerCallContext context) =>
        AnswerAsync(() => alerts.RegisterLeadAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> OpenCase(OpenCaseRequest request, ServerCallContext context) =>
        AnswerAsync(() => cases.OpenAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> AttachMedia(AttachMediaRequest request, ServerCallContext context) =>
        AnswerAsync(() => cases.AttachAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> DetachMedia(DetachMediaRequest request, ServerCallContext context) =>
        AnswerAsync(() => cases.DetachAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> RequestErasure(RequestErasureRequest request, ServerCallContext context) =>
        AnswerAsync(() => erasures.RequestAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> ApproveErasure(ApproveErasureRequest request, ServerCallContext context) =>
        AnswerAsync(() => erasures.ApproveAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> WithdrawErasure(WithdrawErasureRequest request, ServerCallContext context) =>
        AnswerAsync(() => erasures.WithdrawAsync(request, context.CancellationToken), request.Actor, context);

    public override async Task<CheckEvidenceAnswer> CheckEvidence(CheckEvidenceRequest request, ServerCallContext context)
    {
        Admit(request.Actor, context);
        EvidenceCheckResult result = await ActBoundary.GuardAsync(evidence.RunAsync(request, context.CancellationToken));
        if (result.Refusal is { } refusal)
            throw Refuse(refusal, context);
        return result.Answer ?? throw new RpcException(new Status(StatusCode.Internal, "the check gave no answer"));
    }

    private async Task<ActAnswer> AnswerAsync(Func<Task<ActResult>> act, Actor? actor, ServerCallContext context)
    {
        Admit(actor, context);
        ActResult result = await ActBoundary.GuardAsync(act());
        if (result.Refusal is { } refusal)
            throw Refuse(refusal, context);
        if (result.Receipt is not { } receipt)
            throw new RpcException(new Status(StatusCode.Internal, "the act has no receipt"));
        log.ActTaken(context.Method, result.SubjectId, receipt.Index.Value, actor?.Id ?? "");
        return new ActAnswer
        {
            EntryIndex = receipt.Index.Value,
            LedgerSize = receipt.DurableSize,
            SubjectId = result.SubjectId,
            Version = result.Version,
        };
    }

    private void Admit(Actor? actor, ServerCallContext context)
    {
        if (identity.WhyNot(context.Peer, actor) is { } refusal)
            throw Refuse(refusal, context);
    }

    private RpcException Refuse(RefusalDetail refusal, ServerCallContext context)
    {
        log.ActRefused(context.Method, refusal.Code, refusal.Detail);
        return ActBoundary.ToException(refusal);
    }
}
