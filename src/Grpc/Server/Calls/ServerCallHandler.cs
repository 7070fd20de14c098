using Grpc.AspNetCore.Server.Routing;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// The boundary of a served call: everything service code and interceptors throw ends here, and becomes a status. The order:
/// 1. refuse what is no gRPC request; 2. read encoding and deadline; 3. run the pipeline of the method's kind; 4. send the status.
/// </summary>
internal abstract class ServerCallHandler<TRequest, TResponse>(Method<TRequest, TResponse> method, CallOptionsSnapshot options)
    where TRequest : class
    where TResponse : class
{
    public async Task HandleCallAsync(HttpContext http)
    {
        if (!GrpcRequestCheck.IsServed(http))
            return;

        using var context = new HttpContextServerCallContext(http, method, options);
        Status status;
        try
        {
            context.Begin();
            await RunAsync(context);
            status = context.Status;
        }
        catch (Exception exception)
        {
            status = StatusOf(exception, context);
        }

        await context.EndAsync(status);
    }

    protected abstract Task RunAsync(HttpContextServerCallContext context);

    protected RequestStreamReader<TRequest> Requests(HttpContextServerCallContext context) =>
        new(context, method.RequestMarshaller, options.MaxReceiveBytes);

    protected ResponseStreamWriter<TResponse> Responses(HttpContextServerCallContext context) => new(context, method.ResponseMarshaller);

    /// <summary>The only response of a call: left in the buffer, so that it travels with headers and status in one go.</summary>
    protected void WriteSingle(HttpContextServerCallContext context, TResponse? response)
    {
        if (context.IsDeadlinePassed)
            return; // Answered already.
        if (response is null)
            throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        if (context.Status.StatusCode != StatusCode.OK)
            return; // The service ended the call by setting a status; the message would contradict it.

        context.BeginWrite();
        try
        {
            context.Writer.Write(response, method.ResponseMarshaller.ContextualSerializer, context.WriteOptions);
        }
        finally
        {
            context.EndWrite();
        }
    }

    private Status StatusOf(Exception exception, HttpContextServerCallContext context)
    {
        if (exception is RpcException refused)
        {
            options.Logger.CallRefused(method.FullName, refused.StatusCode, refused.Status.Detail);
            foreach (var entry in refused.Trailers)
                context.ResponseTrailers.Add(entry);
            return refused.Status;
        }

        if (context.IsDeadlinePassed)
            return new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded");
        if (context.IsClientGone || (exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested))
        {
            options.Logger.ClientLeft(method.FullName);
            return Status.DefaultCancelled;
        }

        options.Logger.ServiceFailed(method.FullName, exception);
        return new Status(
            StatusCode.Unknown,
            options.DetailedErrors
                ? $"Exception was thrown by handler. {exception.GetType().Name}: {exception.Message}"
                : "Exception was thrown by handler.");
    }
}
