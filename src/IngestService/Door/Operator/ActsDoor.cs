using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Cases.Erasure;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door.Operator;

/// <summary>
/// Operators' acts. An answer is given after the act is durable; a refusal is the call's status with its code and name in
/// the trailers. Who the actor is, is what the console says, until sign-in lands.
/// </summary>
internal sealed class ActsDoor(AlertActs alerts, CaseActs cases, EvidenceCheck evidence, ErasureActs erasures, ILogger<ActsDoor> log)
    : Acts.ActsBase
{
    private const string CodeTrailer = "ee-refusal-code";
    private const string NameTrailer = "ee-refusal-name";

    public override Task<ActAnswer> AcknowledgeAlert(AcknowledgeAlertRequest request, ServerCallContext context) =>
        AnswerAsync(alerts.AcknowledgeAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> CloseAlert(CloseAlertRequest request, ServerCallContext context) =>
        AnswerAsync(alerts.CloseAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> ReopenAlert(ReopenAlertRequest request, ServerCallContext context) =>
        AnswerAsync(alerts.ReopenAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> RegisterLead(RegisterLeadRequest request, ServerCallContext context) =>
        AnswerAsync(alerts.RegisterLeadAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> OpenCase(OpenCaseRequest request, ServerCallContext context) =>
        AnswerAsync(cases.OpenAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> AttachMedia(AttachMediaRequest request, ServerCallContext context) =>
        AnswerAsync(cases.AttachAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> DetachMedia(DetachMediaRequest request, ServerCallContext context) =>
        AnswerAsync(cases.DetachAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> RequestErasure(RequestErasureRequest request, ServerCallContext context) =>
        AnswerAsync(erasures.RequestAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> ApproveErasure(ApproveErasureRequest request, ServerCallContext context) =>
        AnswerAsync(erasures.ApproveAsync(request, context.CancellationToken), request.Actor, context);

    public override Task<ActAnswer> WithdrawErasure(WithdrawErasureRequest request, ServerCallContext context) =>
        AnswerAsync(erasures.WithdrawAsync(request, context.CancellationToken), request.Actor, context);

    public override async Task<CheckEvidenceAnswer> CheckEvidence(CheckEvidenceRequest request, ServerCallContext context)
    {
        EvidenceCheckResult result = await GuardAsync(evidence.RunAsync(request, context.CancellationToken));
        if (result.Refusal is { } refusal)
            throw Refuse(refusal, context);
        return result.Answer ?? throw new RpcException(new Status(StatusCode.Internal, "the check gave no answer"));
    }

    private async Task<ActAnswer> AnswerAsync(Task<ActResult> act, Actor? actor, ServerCallContext context)
    {
        ActResult result = await GuardAsync(act);
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

    private RpcException Refuse(RefusalDetail refusal, ServerCallContext context)
    {
        log.ActRefused(context.Method, refusal.Code, refusal.Detail);
        return Trailed(refusal);
    }

    private static RpcException Trailed(RefusalDetail refusal)
    {
        RpcException mapped = refusal.ToRpcException();
        mapped.Trailers.Add(CodeTrailer, ((int)refusal.Code).ToString(CultureInfo.InvariantCulture));
        mapped.Trailers.Add(NameTrailer, RefusalMap.Of(refusal.Code).Name);
        return mapped;
    }

    // The one boundary. After a deadline the act may still become durable: the caller asks again and meets CONFLICT.
    private static async Task<T> GuardAsync<T>(Task<T> act)
    {
        try
        {
            return await act;
        }
        catch (OperationCanceledException)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "no answer from the ledger before the deadline"));
        }
        catch (LedgerFatalException)
        {
            throw Trailed(new RefusalDetail(RefusalCode.LedgerStopped, "the ledger has stopped; nothing is acknowledged"));
        }
    }
}
