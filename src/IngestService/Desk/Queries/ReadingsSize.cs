using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>As <see cref="ProjectedSize"/>, for queries of readings.</summary>
internal sealed class ReadingsSize(IProjectionFeed feed)
{
    public async Task<ulong> AtLeastAsync(ulong size, CancellationToken cancellation)
    {
        await feed.WaitForReadingsAsync(size, cancellation);
        return feed.ReadingsSize;
    }
}
