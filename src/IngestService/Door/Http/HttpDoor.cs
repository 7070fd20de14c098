using EdgeEnforcement.IngestService.Diagnostics;

namespace EdgeEnforcement.IngestService.Door.Http;

/// <summary>The plain HTTP door: footage, health, metrics.</summary>
internal static class HttpDoor
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHttpDoor(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/media/{manifestIndex:long:min(0)}", Reading, MediaEndpoint.Get);
        routes.MapGet("/health", (HealthReport report) => report.Answer());
        routes.MapGet("/metrics", (MetricsCollector metrics) => Results.Text(metrics.Exposition(), "text/plain; version=0.0.4"));
        routes.MapFallback(RefusalResult.NoSuchPage);
    }
}
