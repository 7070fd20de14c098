using Grpc.AspNetCore.Server.Routing;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed class ClientStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    CallOptionsSnapshot options,
    ClientStreamingServerMethod<TRequest, TResponse> pipeline) : ServerCallHandler<TRequest, TResponse>(method, options)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(HttpContextServerCallContext context) =>
        WriteSingle(context, await pipeline(Requests(context), context));
}
