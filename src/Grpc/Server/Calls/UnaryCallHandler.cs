using Grpc.AspNetCore.Server.Routing;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed class UnaryCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    CallOptionsSnapshot options,
    UnaryServerMethod<TRequest, TResponse> pipeline) : ServerCallHandler<TRequest, TResponse>(method, options)
    where TRequest : class
    where TResponse : class
{
    protected override async Task RunAsync(HttpContextServerCallContext context)
    {
        var request = await Requests(context).ReadSingleAsync();
        WriteSingle(context, await pipeline(request, context));
    }
}
