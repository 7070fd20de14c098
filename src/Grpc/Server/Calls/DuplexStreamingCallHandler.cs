using Grpc.AspNetCore.Server.Routing;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    CallOptionsSnapshot options,
    DuplexStreamingServerMethod<TRequest, TResponse> pipeline) : ServerCallHandler<TRequest, TResponse>(method, options)
    where TRequest : class
    where TResponse : class
{
    protected override Task RunAsync(HttpContextServerCallContext context) =>
        pipeline(Requests(context), Responses(context), context);
}
