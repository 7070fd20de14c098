namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>
/// Starts the parts in the order of their stages and stops them backwards. It is registered before the web server, which the
/// host starts last and stops first: nobody can connect before the last stage is up.
/// </summary>
internal sealed class StartupSequence(IEnumerable<IStartupStep> steps, ILogger<StartupSequence> log) : IHostedService
{
    private readonly Stack<IStartupStep> _started = new();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var step in steps.OrderBy(s => s.Stage))
            {
                log.StepStarting(step.Stage, step.GetType().Name);
                // Before it starts: a step that failed half-way is stopped as well.
                _started.Push(step);
                await step.StartAsync(cancellationToken);
            }
        }
        catch
        {
            // The host does not stop services whose start failed; what is open must still be closed.
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        while (_started.TryPop(out var step))
        {
            try
            {
                await step.StopAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The steps below it must be closed all the same: the ledger is the last of them.
                log.StepNotStopped(step.GetType().Name, e);
            }
        }
    }
}
