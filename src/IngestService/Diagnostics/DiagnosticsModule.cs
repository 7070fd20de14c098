using Grpc.HealthCheck;

namespace EdgeEnforcement.IngestService.Diagnostics;

internal static class DiagnosticsModule
{
    public static IServiceCollection AddIngestDiagnostics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<MetricsCollector>();
        services.AddHostedService(s => s.GetRequiredService<MetricsCollector>());
        services.AddSingleton<IHealthProbe, LedgerHealthProbe>();
        services.AddSingleton<HealthReport>();
        services.AddSingleton<HealthServiceImpl>();
        services.AddHostedService<ReadinessPump>();
        return services;
    }
}
