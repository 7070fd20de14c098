using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Storage.Influx;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Starts the pump to Influx where one is configured.</summary>
internal sealed class InfluxStep(Lazy<InfluxPump> pump, IOptions<InfluxOptions> options) : IStartupStep
{
    public StartupStage Stage => StartupStage.Projections;

    public Task StartAsync(CancellationToken cancellation) =>
        options.Value.Url.Length == 0 ? Task.CompletedTask : pump.Value.StartAsync(cancellation);

    public Task StopAsync(CancellationToken cancellation) => pump.IsValueCreated ? pump.Value.StopAsync(cancellation) : Task.CompletedTask;
}
