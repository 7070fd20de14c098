using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Clerk;

internal sealed class ClerkStep(ClerkPump pump, ILedgerAppender ledger) : IStartupStep
{
    public StartupStage Stage => StartupStage.Clerk;

    public Task StartAsync(CancellationToken cancellation)
    {
        // What it would decide could not be appended; it decides the same once a new origin is open.
        if (!ledger.IsReadOnly)
            pump.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation) => await pump.DisposeAsync();
}
