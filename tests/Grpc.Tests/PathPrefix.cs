using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EdgeEnforcement.GrpcTests;

/// <summary>Sends calls to a prefixed path, where a test serves them itself.</summary>
internal static class PathPrefix
{
    public static CallInvoker Intercept(this ChannelBase channel, string prefix) => channel.CreateCallInvoker().Intercept(new Prefixing(prefix));

    private sealed class Prefixing(string prefix) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var method = context.Method;
            var moved = new Method<TRequest, TResponse>(
                method.Type, prefix[1..] + "/" + method.ServiceName, method.Name, method.RequestMarshaller, method.ResponseMarshaller);
            return continuation(request, new ClientInterceptorContext<TRequest, TResponse>(moved, context.Host, context.Options));
        }
    }
}
