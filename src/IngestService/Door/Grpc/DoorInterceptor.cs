using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EdgeEnforcement.IngestService.Door.Streams;

/// <summary>The one boundary of every gRPC call: what a handler throws becomes a status here and nowhere else.</summary>
internal sealed class DoorInterceptor(ILedgerAppender ledger, ILogger<DoorInterceptor> log) : Interceptor
{
    private static readonly string[] WritingServices =
    [
        Report.Descriptor.FullName, MediaVault.Descriptor.FullName, Acts.Descriptor.FullName, Enrolment.Descriptor.FullName,
    ];

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            RefuseIfReadOnly(context);
            return await continuation(request, context);
        }
        catch (Exception e)
        {
            throw Mapped(e, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            RefuseIfReadOnly(context);
            return await continuation(requestStream, context);
        }
        catch (Exception e)
        {
            throw Mapped(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            RefuseIfReadOnly(context);
            await continuation(request, responseStream, context);
        }
        catch (Exception e)
        {
            throw Mapped(e, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            RefuseIfReadOnly(context);
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception e)
        {
            throw Mapped(e, context);
        }
    }

    /// A restored ledger is read and proved; whatever would append to it waits for a new origin.
    private void RefuseIfReadOnly(ServerCallContext context)
    {
        if (ledger.IsReadOnly && WritingServices.Any(service => context.Method.StartsWith($"/{service}/", StringComparison.Ordinal)))
            throw new RefusalDetail(RefusalCode.ReadOnly, "the ledger was restored from a back-up; an operator has to open a new origin").ToRpcException();
    }

    private RpcException Mapped(Exception e, ServerCallContext context)
    {
        switch (e)
        {
            case RpcException refused:
                log.CallRefused(context.Method, refused.StatusCode);
                return refused;
            case LedgerFatalException:
                log.CallWithoutLedger(context.Method);
                return new RefusalDetail(RefusalCode.LedgerStopped, "nothing is acknowledged until the shard is restarted").ToRpcException();
            case OperationCanceledException:
            case IOException when context.CancellationToken.IsCancellationRequested:
                log.CallCancelled(context.Method);
                return new RpcException(new Status(StatusCode.Cancelled, "the call was cancelled"));
            default:
                log.CallFailed(e, context.Method);
                return new RpcException(new Status(StatusCode.Internal, "the call failed; the service's log says why"));
        }
    }
}
