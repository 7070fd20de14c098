using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Cases.Deadlines;

/// <summary>The heartbeat of all deadlines: calendars first, so that no mark is told of a clock that has to move.</summary>
internal sealed class DeadlinePump(
    DeadlineClock clock, AlertClock alerts, ClockRecomputation recomputation, ILedgerAppender ledger, TimeProvider time, ILogger<DeadlinePump> log)
    : IStartupStep, IDisposable
{
    /// <summary>Marks lie on hours and midnights; nobody waits for a second.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Beside the clerk: projections are there, no door is open yet.</summary>
    public StartupStage Stage => StartupStage.Clerk;

    public Task StartAsync(CancellationToken cancellation)
    {
        // On a restored ledger nothing can be told before a new origin is open; it is due then.
        if (!ledger.IsReadOnly)
            _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>One beat; a test with its own time gives it.</summary>
    internal async Task BeatAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (await recomputation.RunAsync(now, cancellation) is > 0 and int recomputed)
            log.ClocksRecomputed(recomputed);
        if (await clock.TickAsync(now, cancellation) is > 0 and int told)
            log.MarksTold(told);
        if (await alerts.TickAsync(now, cancellation) is > 0 and int overdue)
            log.AlertsOverdue(overdue);
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Beat, time);
        try
        {
            do
            {
                try
                {
                    await BeatAsync(cancellation);
                }
                catch (Exception fault) when (fault is not (OperationCanceledException or LedgerFatalException))
                {
                    // What was due stays due: the next beat finds it.
                    log.BeatFailed(fault);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // Shutdown.
        }
        catch (LedgerFatalException)
        {
            // The shard stopped and says so itself; nothing can be told.
        }
    }
}
