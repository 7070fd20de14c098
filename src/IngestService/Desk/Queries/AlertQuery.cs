using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Desk.Queries;

internal sealed class AlertQuery(ProjectedSize projected, IAlertQueries alerts, ICaseQueries cases, FieldReports reports)
{
    public async Task<AlertPage> ListAsync(ListAlertsRequest request, CancellationToken cancellation)
    {
        int rows = PageToken.Rows(request.PageSize);
        PageToken token = PageToken.Parse(request.Page);
        AlertPage page = new() { ProjectedSize = await projected.AtLeastAsync(request.AtLeast, cancellation) };
        HashSet<AlertState> states = [.. request.States.Where(Enum.IsDefined)];
        IReadOnlyList<(ulong Position, AlertRow Row)> found = alerts.List(token.Before, rows, states);
        page.Rows.AddRange(found.Select(item => item.Row));
        page.NextPage = PageToken.Next(found.Count, rows, found.Count == 0 ? 0 : found[^1].Position);
        return page;
    }

    public async Task<AlertDetail> FindAsync(GetAlertRequest request, CancellationToken cancellation)
    {
        ulong size = await projected.AtLeastAsync(request.AtLeast, cancellation);
        AlertDetail detail = alerts.Find(request.AlertId)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no alert {request.AlertId}").ToRpcException();
        detail.ProjectedSize = size;
        detail.Timeline.AddRange(cases.Timeline(TimelineSubject.Alert(request.AlertId)));
        if (alerts.Episode(request.AlertId) is { } episode)
            detail.Reports.AddRange(Reports(episode));
        detail.Recomputed = reports.Recomputed(alerts.Recomputation(request.AlertId));
        return detail;
    }

    // What opened it, and what the field said last.
    private IEnumerable<AlertReport> Reports(AlertEpisode episode)
    {
        if (reports.Find(episode.FirstReport) is { } opening)
            yield return opening;
        if (episode.NewestReport != episode.FirstReport && reports.Find(episode.NewestReport) is { } last)
            yield return last;
    }
}
