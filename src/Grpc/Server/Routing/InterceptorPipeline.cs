using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server.Routing;

/// <summary>
/// Wraps service code in the interceptors of its service, once, when the method is mapped; the interceptors themselves are made per call.
/// The method parameter only names the message types, so that callers need not.
/// </summary>
internal static class InterceptorPipeline
{
    public static UnaryServerMethod<TRequest, TResponse> Build<TRequest, TResponse>(
        IReadOnlyList<InterceptorRegistration> interceptors,
        UnaryServerMethod<TRequest, TResponse> service,
        Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        interceptors.Reverse().Aggregate(service, (next, registration) => async (request, context) =>
        {
            await using var lease = new InterceptorLease(registration, context);
            return await lease.Interceptor.UnaryServerHandler(request, context, next);
        });

    public static ClientStreamingServerMethod<TRequest, TResponse> BuildClientStreaming<TRequest, TResponse>(
        IReadOnlyList<InterceptorRegistration> interceptors,
        ClientStreamingServerMethod<TRequest, TResponse> service,
        Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        interceptors.Reverse().Aggregate(service, (next, registration) => async (requests, context) =>
        {
            await using var lease = new InterceptorLease(registration, context);
            return await lease.Interceptor.ClientStreamingServerHandler(requests, context, next);
        });

    public static ServerStreamingServerMethod<TRequest, TResponse> BuildServerStreaming<TRequest, TResponse>(
        IReadOnlyList<InterceptorRegistration> interceptors,
        ServerStreamingServerMethod<TRequest, TResponse> service,
        Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        interceptors.Reverse().Aggregate(service, (next, registration) => async (request, responses, context) =>
        {
            await using var lease = new InterceptorLease(registration, context);
            await lease.Interceptor.ServerStreamingServerHandler(request, responses, context, next);
        });

    public static DuplexStreamingServerMethod<TRequest, TResponse> BuildDuplexStreaming<TRequest, TResponse>(
        IReadOnlyList<InterceptorRegistration> interceptors,
        DuplexStreamingServerMethod<TRequest, TResponse> service,
        Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        interceptors.Reverse().Aggregate(service, (next, registration) => async (requests, responses, context) =>
        {
            await using var lease = new InterceptorLease(registration, context);
            await lease.Interceptor.DuplexStreamingServerHandler(requests, responses, context, next);
        });

    /// <summary>An interceptor for the time of one call.</summary>
    private readonly struct InterceptorLease : IAsyncDisposable
    {
        private readonly bool _owned;

        public InterceptorLease(InterceptorRegistration registration, ServerCallContext context) =>
            (Interceptor, _owned) = registration.Create(context.GetHttpContext().RequestServices);

        public Interceptor Interceptor { get; }

        public async ValueTask DisposeAsync()
        {
            if (!_owned)
                return;
            if (Interceptor is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                (Interceptor as IDisposable)?.Dispose();
        }
    }
}
