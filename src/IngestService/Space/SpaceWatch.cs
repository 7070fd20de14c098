using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Space;

/// <summary>
/// Measures, and says when a state changes: in the log and as an entry, so that whoever asks later why a record was late finds the
/// answer in the ledger. The entry comes after the state: refusing waits for nobody.
/// </summary>
internal sealed class SpaceWatch(
    ServiceSpace space, IFactAppender facts, IOptions<SpaceOptions> options, TimeProvider time, ILogger<SpaceWatch> log) : IStartupStep, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    /// After the ledger, before the doors: the first record meets a state that was measured.
    public StartupStage Stage => StartupStage.Checkpoints;

    public async Task StartAsync(CancellationToken cancellation)
    {
        space.Recall();
        await MeasureAllAsync(cancellation);
        _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(options.Value.MeasureInterval, time);
        try
        {
            while (await ticks.WaitForNextTickAsync(cancellation))
                try
                {
                    await MeasureAllAsync(cancellation);
                    space.Remember();
                }
                catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not LedgerFatalException)
                {
                    // The last state stands: a directory that cannot be looked at now is looked at again.
                    log.NotMeasured(e);
                }
        }
        catch (OperationCanceledException)
        {
            // Shutdown.
        }
        catch (LedgerFatalException)
        {
            // The shard stopped and says so itself; there is nothing left to admit.
        }
    }

    private async Task MeasureAllAsync(CancellationToken cancellation)
    {
        await MeasureAsync("data", space.Data, cancellation);
        if (space.Media != space.Data)
            await MeasureAsync("media", space.Media, cancellation);
    }

    private async Task MeasureAsync(string volume, SpaceGauge gauge, CancellationToken cancellation)
    {
        var (before, after) = gauge.Measure();
        if (before == after)
            return;
        var reading = gauge.Reading;
        if (after > before)
            log.SpaceShrank(volume, before, after, reading.Percent, reading.UsedBytes, reading.LimitBytes);
        else
            log.SpaceGrew(volume, before, after, reading.Percent, reading.UsedBytes, reading.LimitBytes);
        await facts.AppendAsync(LeafOrigin.Ledger, new Record
        {
            Sensitivity = Sensitivity.Internal,
            StorageStateChanged = new StorageStateChanged
            {
                Volume = volume,
                From = Wire(before),
                To = Wire(after),
                UsedBytes = (ulong)reading.UsedBytes,
                LimitBytes = (ulong)reading.LimitBytes,
                FreeBytes = (ulong)reading.FreeBytes,
            },
        }, cancellation);
    }

    private static StorageState Wire(SpaceState state) => (StorageState)((int)state + 1);
}
