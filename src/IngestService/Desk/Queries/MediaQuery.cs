using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Desk.Queries;

internal sealed class MediaQuery(ProjectedSize projected, IMediaQueries media, ICaseQueries cases, LedgerState ledger)
{
    public async Task<MediaPage> ListAsync(ListMediaRequest request, CancellationToken cancellation)
    {
        int rows = PageToken.Rows(request.PageSize);
        PageToken token = PageToken.Parse(request.Page);
        MediaPage page = new() { ProjectedSize = await projected.AtLeastAsync(request.AtLeast, cancellation) };
        page.Rows.AddRange(media.List(token.Before, rows, request.UnattachedOnly));
        page.NextPage = PageToken.Next(page.Rows.Count, rows, page.Rows.Count == 0 ? 0 : page.Rows[^1].ManifestIndex);
        return page;
    }

    public async Task<MediaDetail> FindAsync(GetMediaRequest request, CancellationToken cancellation)
    {
        ulong size = await projected.AtLeastAsync(request.AtLeast, cancellation);
        MediaDetail detail = media.Find(request.ManifestIndex)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no manifest at entry {request.ManifestIndex}").ToRpcException();
        detail.ProjectedSize = size;
        if (ledger.Manifest(request.ManifestIndex) is { } manifest)
            detail.Manifest = manifest;
        detail.Timeline.AddRange(cases.Timeline(TimelineSubject.Media(request.ManifestIndex)));
        return detail;
    }
}
