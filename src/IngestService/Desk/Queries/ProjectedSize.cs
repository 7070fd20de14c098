using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>
/// The size an answer reflects. Read before the rows: projections only move on, so the rows show at least this much, and a
/// caller who asks again with a larger at_least never sees less.
/// </summary>
internal sealed class ProjectedSize(IProjectionFeed feed)
{
    public async ValueTask<ulong> AtLeastAsync(ulong size, CancellationToken cancellation)
    {
        await feed.WaitForAsync(size, cancellation);
        return feed.ProjectedSize;
    }
}
