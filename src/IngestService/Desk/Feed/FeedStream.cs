using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Scrub;
using EdgeEnforcement.IngestService.Projections.Runtime;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Desk.Feed;

/// <summary>
/// "There is something new": a version, never content, at most one in 100 ms. Coalescing is free: whatever happened while
/// we waited is in the next number.
/// </summary>
internal sealed class FeedStream(IProjectionFeed feed, ILedgerReader ledger, ScrubStatus scrub, TimeProvider time)
{
    // Ten a second is live to the eye; a thousand consoles then cost ten thousand small messages and no more.
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // What the scrubber finds moves no version; within so long every desk knows.
    internal static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public async Task RunAsync(IServerStreamWriter<FeedVersion> responses, CancellationToken cancellation)
    {
        try
        {
            FeedVersion? told = null;
            while (true)
            {
                Task moved = feed.NextMove;
                FeedVersion now = Now();
                if (now.ProjectedSize != told?.ProjectedSize || now.ReadingsSize != told.ReadingsSize || now.Findings != told.Findings)
                {
                    await responses.WriteAsync(now, cancellation);
                    told = now;
                    await Task.Delay(Interval, time, cancellation);
                    continue;
                }

                await Task.WhenAny(moved, Task.Delay(Look, time, cancellation));
                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // The console went away, or we stop: a feed has no other end.
        }
    }

    private FeedVersion Now()
    {
        ScrubState scrubbed = scrub.State;
        return new FeedVersion
        {
            ProjectedSize = feed.ProjectedSize, DurableSize = ledger.DurableSize, ReadingsSize = feed.ReadingsSize,
            Findings = (uint)scrubbed.Standing, FirstFinding = scrubbed.Findings.Count > 0 ? scrubbed.Findings[0].ToString() : "",
        };
    }
}
