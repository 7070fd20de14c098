using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Desk.Queries;

internal sealed class CaseQuery(ProjectedSize projected, ICaseQueries cases, IMediaQueries media, IAlertQueries alerts)
{
    public async Task<CasePage> ListAsync(ListCasesRequest request, CancellationToken cancellation)
    {
        int rows = PageToken.Rows(request.PageSize);
        PageToken token = PageToken.Parse(request.Page);
        CasePage page = new() { ProjectedSize = await projected.AtLeastAsync(request.AtLeast, cancellation) };
        IReadOnlyList<(ulong Position, CaseRow Row)> found = cases.List(token.Before, rows, request.Text.Trim());
        page.Rows.AddRange(found.Select(item => item.Row));
        page.NextPage = PageToken.Next(found.Count, rows, found.Count == 0 ? 0 : found[^1].Position);
        return page;
    }

    public async Task<CaseDetail> FindAsync(GetCaseRequest request, CancellationToken cancellation)
    {
        ulong size = await projected.AtLeastAsync(request.AtLeast, cancellation);
        CaseDetail detail = cases.Find(request.CaseId)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no case {request.CaseId}").ToRpcException();
        detail.ProjectedSize = size;

        // The case board knows positions; the rows are the media projection's, which is at least as far as `size`.
        IReadOnlyDictionary<ulong, MediaRow> rows = media.Rows([.. detail.Evidence.Select(item => item.Media.ManifestIndex)]);
        foreach (EvidenceRow evidence in detail.Evidence)
            evidence.Media = rows.GetValueOrDefault(evidence.Media.ManifestIndex) ?? evidence.Media;
        if (alerts.FindByLead(cases.LeadOf(request.CaseId)) is { } alert)
            detail.Alert = alert;
        return detail;
    }
}
