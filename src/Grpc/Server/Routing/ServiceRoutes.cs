using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Routing;

/// <summary>From a service type to endpoints: has the generated code bind the methods, maps what was bound.</summary>
internal static class ServiceRoutes
{
    public static IReadOnlyList<IEndpointConventionBuilder> Map<TService>(IEndpointRouteBuilder builder)
        where TService : class
    {
        var services = builder.ServiceProvider;
        var unknown = services.GetService<UnknownServiceRoutes>()
            ?? throw new InvalidOperationException("Call services.AddGrpc() before mapping a gRPC service.");
        var global = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var own = services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value;
        var options = CallOptionsSnapshot.Create(
            global, own, services.GetRequiredService<ILoggerFactory>(), services.GetService<TimeProvider>() ?? TimeProvider.System);

        var binder = new EndpointBinder<TService>(builder, options);
        Bind<TService>(binder);

        var serviceNames = binder.ServiceNames;
        if (own.IgnoreUnknownServices != true && global.IgnoreUnknownServices != true)
        {
            unknown.MapUnknownService(builder);
            foreach (var name in serviceNames)
                unknown.MapUnknownMethod(builder, name);
        }

        return binder.Endpoints;
    }

    private static void Bind<TService>(ServiceBinderBase binder)
    {
        var attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService)} is not derived from a generated service base.");
        var bind = attribute.BindType
            .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .SingleOrDefault(method => method.Name == attribute.BindMethodName
                && method.GetParameters() is [var first, var second]
                && first.ParameterType == typeof(ServiceBinderBase)
                && second.ParameterType.IsAssignableFrom(typeof(TService)))
            ?? throw new InvalidOperationException($"{attribute.BindType} has no method {attribute.BindMethodName} for {typeof(TService)}.");

        // Null for the instance: only the methods' descriptions are wanted, instances come per call.
        bind.Invoke(null, [binder, null]);
    }
}
