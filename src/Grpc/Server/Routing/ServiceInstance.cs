using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Routing;

/// <summary>The service object of one call: the container's if it has one, else made for the call and disposed after it.</summary>
internal static class ServiceInstance<TService>
    where TService : class
{
    private static readonly Lazy<ObjectFactory<TService>> Factory = new(() => ActivatorUtilities.CreateFactory<TService>(Type.EmptyTypes));

    public static Task<TResponse> InvokeAsync<TResponse>(ServerCallContext context, Func<TService, Task<TResponse>> invoke)
    {
        var services = context.GetHttpContext().RequestServices;
        return services.GetService<TService>() is { } registered ? invoke(registered) : InvokeOwnAsync(services, invoke);
    }

    public static Task InvokeAsync(ServerCallContext context, Func<TService, Task> invoke)
    {
        var services = context.GetHttpContext().RequestServices;
        return services.GetService<TService>() is { } registered ? invoke(registered) : InvokeOwnAsync(services, invoke);
    }

    private static async Task<TResponse> InvokeOwnAsync<TResponse>(IServiceProvider services, Func<TService, Task<TResponse>> invoke)
    {
        var service = Factory.Value(services, null);
        try
        {
            return await invoke(service);
        }
        finally
        {
            await DisposeAsync(service);
        }
    }

    private static async Task InvokeOwnAsync(IServiceProvider services, Func<TService, Task> invoke)
    {
        var service = Factory.Value(services, null);
        try
        {
            await invoke(service);
        }
        finally
        {
            await DisposeAsync(service);
        }
    }

    private static ValueTask DisposeAsync(TService service)
    {
        if (service is IAsyncDisposable asynchronous)
            return asynchronous.DisposeAsync();
        (service as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
