using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Routing;

/// <summary>Answers UNIMPLEMENTED for methods and services nobody mapped; once per application, once per service.</summary>
internal sealed class UnknownServiceRoutes
{
    private const string AnyMethod = "{unimplementedMethod:" + GrpcContentTypeConstraint.Name + "}";

    // Mapping happens at start-up, on one thread.
    private readonly HashSet<string> _mapped = new(StringComparer.Ordinal);

    public void MapUnknownService(IEndpointRouteBuilder builder) =>
        Map(builder, "{unimplementedService}/" + AnyMethod, "Service is unimplemented.");

    public void MapUnknownMethod(IEndpointRouteBuilder builder, string serviceName) =>
        Map(builder, serviceName + "/" + AnyMethod, "Method is unimplemented.");

    private void Map(IEndpointRouteBuilder builder, string pattern, string detail)
    {
        if (!_mapped.Add(pattern))
            return;
        var endpoint = builder.MapPost(pattern, (HttpContext http) =>
        {
            if (GrpcRequestCheck.IsServed(http))
                ResponseStatus.SendAlone(http.Response, new Status(StatusCode.Unimplemented, detail), Metadata.Empty);
            return Task.CompletedTask;
        });
        endpoint.Add(b => ((RouteEndpointBuilder)b).Order = int.MaxValue);
    }
}
