using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Goes on configuring the gRPC services after <c>AddGrpc</c>.</summary>
public interface IGrpcServerBuilder
{
    /// <summary>The container's registrations.</summary>
    IServiceCollection Services { get; }
}
