using EdgeEnforcement.IngestService.Hosting;

namespace EdgeEnforcement.IngestService.Clerk;

internal sealed class ClerkStep(ClerkPump pump) : IStartupStep
{
    public StartupStage Stage => StartupStage.Clerk;

    public Task StartAsync(CancellationToken cancellation)
    {
        pump.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation) => await pump.DisposeAsync();
}
