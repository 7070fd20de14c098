using System.Reflection;
using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Routing;

/// <summary>Maps each method that generated code binds to an endpoint with the handler of its kind.</summary>
internal sealed class EndpointBinder<TService>(IEndpointRouteBuilder routes, CallOptionsSnapshot options) : ServiceBinderBase
    where TService : class
{
    private readonly List<IEndpointConventionBuilder> _endpoints = [];
    private readonly HashSet<string> _serviceNames = new(StringComparer.Ordinal);

    public IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    public IReadOnlyCollection<string> ServiceNames => _serviceNames;

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var code = Find(method.Name, typeof(TRequest), typeof(ServerCallContext));
        var invoke = code.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        var pipeline = InterceptorPipeline.Build(
            options.Interceptors,
            (request, context) => ServiceInstance<TService>.InvokeAsync(context, service => invoke(service, request, context)),
            method);
        Map(method, code, new UnaryCallHandler<TRequest, TResponse>(method, options, pipeline));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var code = Find(method.Name, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var invoke = code.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        var pipeline = InterceptorPipeline.BuildClientStreaming(
            options.Interceptors,
            (requests, context) => ServiceInstance<TService>.InvokeAsync(context, service => invoke(service, requests, context)),
            method);
        Map(method, code, new ClientStreamingCallHandler<TRequest, TResponse>(method, options, pipeline));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var code = Find(method.Name, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = code.CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        var pipeline = InterceptorPipeline.BuildServerStreaming(
            options.Interceptors,
            (request, responses, context) =>
                ServiceInstance<TService>.InvokeAsync(context, service => invoke(service, request, responses, context)),
            method);
        Map(method, code, new ServerStreamingCallHandler<TRequest, TResponse>(method, options, pipeline));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var code = Find(
            method.Name, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = code.CreateDelegate<
            Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        var pipeline = InterceptorPipeline.BuildDuplexStreaming(
            options.Interceptors,
            (requests, responses, context) =>
                ServiceInstance<TService>.InvokeAsync(context, service => invoke(service, requests, responses, context)),
            method);
        Map(method, code, new DuplexStreamingCallHandler<TRequest, TResponse>(method, options, pipeline));
    }

    private static MethodInfo Find(string name, params Type[] parameters) =>
        typeof(TService).GetMethod(name, BindingFlags.Public | BindingFlags.Instance, parameters)
        ?? throw new InvalidOperationException($"{typeof(TService)} has no method {name} with the parameters of the contract.");

    private void Map<TRequest, TResponse>(
        Method<TRequest, TResponse> method, MethodInfo code, ServerCallHandler<TRequest, TResponse> handler)
        where TRequest : class
        where TResponse : class
    {
        var endpoint = routes.MapPost(method.FullName, handler.HandleCallAsync);
        endpoint.Add(builder =>
        {
            builder.DisplayName = "gRPC - " + method.FullName;
            builder.Metadata.Add(new GrpcMethodMetadata(typeof(TService), method));
            foreach (var attribute in typeof(TService).GetCustomAttributes(inherit: true).Concat(code.GetCustomAttributes(inherit: true)))
                builder.Metadata.Add(attribute);
        });
        _endpoints.Add(endpoint);
        _serviceNames.Add(method.ServiceName);
    }
}
