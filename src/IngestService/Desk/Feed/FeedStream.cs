using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Desk.Feed;

/// <summary>
/// "There is something new": a version, never content, at most one in 100 ms. Coalescing is free: whatever happened while
/// we waited is in the next number.
/// </summary>
internal sealed class FeedStream(IProjectionFeed feed, ILedgerReader ledger, TimeProvider time)
{
    // Ten a second is live to the eye; a thousand consoles then cost ten thousand small messages and no more.
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(IServerStreamWriter<FeedVersion> responses, CancellationToken cancellation)
    {
        try
        {
            (ulong, ulong)? told = null;
            while (true)
            {
                Task moved = feed.NextMove;
                ulong projected = feed.ProjectedSize;
                ulong readings = feed.ReadingsSize;
                if ((projected, readings) != told)
                {
                    await responses.WriteAsync(
                        new FeedVersion { ProjectedSize = projected, DurableSize = ledger.DurableSize, ReadingsSize = readings }, cancellation);
                    told = (projected, readings);
                    await Task.Delay(Interval, time, cancellation);
                    continue;
                }

                await moved.WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The console went away, or we stop: a feed has no other end.
        }
    }
}
