using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Space;

/// Measures the station's disk, says when its state changes, sheds above 90 %, and opens again what a full disk stopped. Everything ends by
/// itself when there is room: no state needs a restart.
internal sealed class SpacePump(
    StationSpace space, SpoolShedder shedder, AgentSpool spool, ReceiptStore receipts, StatusPump status, SpacePump.Context context) : IAgentLoop
{
    internal sealed record Context(StationAlarms Alarms, IOptions<SpaceOptions> Options, TimeProvider Time, ILogger<SpacePump> Log);

    // The state the centre was told last.
    private SpaceState _told = SpaceState.Normal;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await spool.Opened.WaitAsync(cancellation);
        using var ticks = new PeriodicTimer(context.Options.Value.MeasureInterval, context.Time);
        do
        {
            try
            {
                space.Measure();
                await ReopenAsync();
                await TellAsync(cancellation);
                if (space.State >= SpaceState.Shed)
                    await shedder.ShedAsync(cancellation);
            }
            // No room even for this: looked at again at the next tick. A failed deletion has an unknown outcome and ends the agent.
            catch (Exception e) when (e is (IOException or UnauthorizedAccessException) and not SegmentDamageException
                && (e is not SegmentLogFatalException || DiskFull.IsRefusedWrite(e)))
            {
                context.Log.SpaceWaits(e.Message);
            }
        }
        while (await ticks.WaitForNextTickAsync(cancellation));
    }

    private async Task TellAsync(CancellationToken cancellation)
    {
        var (before, now, reading) = (_told, space.State, space.Reading);
        if (before == now)
            return;
        if (now == SpaceState.Normal)
            context.Alarms.Clear(StationAlarms.StationDisk);
        else
            context.Alarms.Raise(StationAlarms.StationDisk, FormattableString.Invariant($"{now}: {reading.Percent:F1} % full, {reading.RoomBytes} bytes left"));
        context.Log.SpaceChanged(before, now, reading.Percent, reading.UsedBytes, reading.LimitBytes);
        // In P0, because P2 may just have been closed: else the centre would see a station fall silent, and no reason.
        await status.SayAsync(RecordClass.P0, cancellation);
        _told = now;
    }

    /// P0 first; a log for which there is no room yet keeps no other closed.
    private async Task ReopenAsync()
    {
        foreach (var log in spool.All.Where(s => s.IsOutOfSpace).OrderBy(s => s.Class))
            await ReopenAsync(FormattableString.Invariant($"e{log.Epoch}-{log.Class}"), log.ReopenAsync);
        if (receipts.IsOutOfSpace)
            await ReopenAsync("receipts", receipts.ReopenAsync);
    }

    private async Task ReopenAsync(string name, Func<Task> reopen)
    {
        try
        {
            await reopen();
            context.Log.LogReopened(name);
        }
        catch (IOException e) when (e is SegmentSpaceException || DiskFull.IsRefusedWrite(e))
        {
            context.Log.SpaceWaits(e.Message);
        }
    }
}
