using EdgeEnforcement.Contracts.V1;
using Grpc.Health.V1;
using Grpc.HealthCheck;

namespace EdgeEnforcement.IngestService.Diagnostics;

/// <summary>
/// What <c>/health</c> says, for gRPC's own health service: asked once a second, since no probe calls when its answer changes. It starts after the
/// ledger and before the first connection, and a service that stops is NOT_SERVING before its connections close.
/// </summary>
internal sealed class ReadinessPump(HealthReport report, HealthServiceImpl health, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // The empty name is the server as a whole.
    private static readonly string[] Services =
    [
        "", Report.Descriptor.FullName, MediaVault.Descriptor.FullName, Enrolment.Descriptor.FullName,
        Contracts.V1.Ledger.Descriptor.FullName, Contracts.V1.Desk.Descriptor.FullName, Acts.Descriptor.FullName,
    ];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Tell(report.IsReady());
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Tell(isReady: false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beats = new PeriodicTimer(Beat, time);
        while (await beats.WaitForNextTickAsync(stoppingToken))
            Tell(report.IsReady());
    }

    private void Tell(bool isReady)
    {
        var status = isReady ? HealthCheckResponse.Types.ServingStatus.Serving : HealthCheckResponse.Types.ServingStatus.NotServing;
        foreach (var service in Services)
            health.SetStatus(service, status);
    }
}
