using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Alerts;

namespace EdgeEnforcement.IngestService.Desk.Queries;

internal sealed class SampleQuery(ProjectedSize projected, IClosingQueries closings, IAlertQueries alerts)
{
    public async Task<SamplePage> ListAsync(ListSampleRequest request, CancellationToken cancellation)
    {
        int rows = PageToken.Rows(request.PageSize);
        PageToken token = PageToken.Parse(request.Page);
        SamplePage page = new() { ProjectedSize = await projected.AtLeastAsync(request.AtLeast, cancellation) };
        page.Rows.AddRange(closings.Sample(token.Before, rows, request.WaitingOnly));
        page.NextPage = PageToken.Next(page.Rows.Count, rows, page.Rows.Count == 0 ? 0 : page.Rows[^1].ClosingEntry);
        page.WaitingCount = (uint)closings.CountWaiting();
        page.OverdueCount = (uint)alerts.CountOverdue();
        return page;
    }
}
