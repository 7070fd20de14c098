using System.Threading.Channels;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Scans every bay in a loop of its own, so that a slow recorder holds up nobody else.
internal sealed class DockPump(DockTools tools) : IAgentLoop
{
    public IReadOnlyList<Bay> Bays { get; } = [.. tools.Options.Bays.Select(b => new Bay(b, tools))];

    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(Bays.Select(b => ScanForeverAsync(b, cancellation)));

    private async Task ScanForeverAsync(Bay bay, CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(tools.Options.ScanInterval, tools.Time);
        do
        {
            try
            {
                await bay.ScanAsync(cancellation);
            }
            // One bay's trouble, whatever it is (a disk that lies, a race with a hand, a file nobody imagined), must not stop the others and
            // not itself for good. The spool's failure is no bay's: it ends the process.
            catch (Exception e) when (!cancellation.IsCancellationRequested && !IsOfTheSpool(e))
            {
                tools.Log.ScanFailed(e, bay.Number);
            }
        }
        while (await ticks.WaitForNextTickAsync(cancellation));
    }

    private static bool IsOfTheSpool(Exception e) => e is SegmentDamageException or SegmentLogFatalException or ChannelClosedException;
}
