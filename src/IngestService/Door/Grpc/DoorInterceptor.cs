using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EdgeEnforcement.IngestService.Door.Streams;

/// <summary>The one boundary of every gRPC call: what a handler throws becomes a status here and nowhere else.</summary>
internal sealed class DoorInterceptor(ILogger<DoorInterceptor> log) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
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
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception e)
        {
            throw Mapped(e, context);
        }
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
