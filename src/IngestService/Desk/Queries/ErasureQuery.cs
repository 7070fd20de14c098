using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Erasures;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Desk.Queries;

internal sealed class ErasureQuery(ProjectedSize projected, IErasureQueries erasures)
{
    public async Task<ErasurePage> ListAsync(ListErasuresRequest request, CancellationToken cancellation)
    {
        int rows = PageToken.Rows(request.PageSize);
        PageToken token = PageToken.Parse(request.Page);
        ErasurePage page = new() { ProjectedSize = await projected.AtLeastAsync(request.AtLeast, cancellation) };
        IReadOnlyList<(ulong Position, ErasureRow Row)> found = erasures.List(token.Before, rows);
        page.Rows.AddRange(found.Select(item => item.Row));
        page.NextPage = PageToken.Next(found.Count, rows, found.Count == 0 ? 0 : found[^1].Position);
        return page;
    }

    public async Task<ErasureDetail> FindAsync(GetErasureRequest request, CancellationToken cancellation)
    {
        ulong size = await projected.AtLeastAsync(request.AtLeast, cancellation);
        ErasureDetail detail = erasures.Find(request.ErasureId)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no erasure {request.ErasureId}").ToRpcException();
        detail.ProjectedSize = size;
        return detail;
    }
}
