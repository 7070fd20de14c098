using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProtobufService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Microsoft.AspNetCore.Builder
{
    /// <summary>Maps reflection.</summary>
    public static class GrpcReflectionEndpointRouteBuilderExtensions
    {
        /// <summary>Serves <c>grpc.reflection.v1</c> about every gRPC service that is mapped.</summary>
        public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder) =>
            builder.MapGrpcService<ReflectionServiceImpl>();
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>Registers reflection.</summary>
    public static class GrpcReflectionServiceExtensions
    {
        /// <summary>Adds what <c>MapGrpcReflectionService</c> needs.</summary>
        public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
        {
            ArgumentNullException.ThrowIfNull(services);

            // Made at the first question, when everything is mapped.
            services.TryAddSingleton(provider => new ReflectionServiceImpl(Mapped(provider.GetRequiredService<EndpointDataSource>())));
            return services;
        }

        private static IEnumerable<ProtobufService> Mapped(EndpointDataSource endpoints) => endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .Distinct()
            .Select(type => type?.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType)
            .Select(type => type?.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<ProtobufService>();
    }
}
