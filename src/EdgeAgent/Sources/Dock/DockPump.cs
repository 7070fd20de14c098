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
            // One bay's trouble (a disk that lies, a race with a hand) must not stop the others. The spool's failure is no bay's: it ends
            // the process.
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException && e is not SegmentDamageException)
            {
                tools.Log.ScanFailed(e, bay.Number);
            }
        }
        while (await ticks.WaitForNextTickAsync(cancellation));
    }
}
