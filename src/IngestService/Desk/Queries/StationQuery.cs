using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Registers;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Desk.Queries;

internal sealed class StationQuery(ReadingsSize size, IReadingQueries readings, IAlertQueries alerts, RegisterView registers)
{
    public async Task<StationPage> ListAsync(ListStationsRequest request, CancellationToken cancellation)
    {
        int rows = PageToken.Rows(request.PageSize);
        PageToken token = PageToken.Parse(request.Page);
        StationPage page = new() { ProjectedSize = await size.AtLeastAsync(request.AtLeast, cancellation) };
        IReadOnlyDictionary<string, (uint Count, AlertSeverity Worst)> open = alerts.OpenByDevice();
        // Stations are listed in the order they were met; a page ends at a number that only grows.
        ulong after = request.Page.Length == 0 ? 0 : token.Before;
        IReadOnlyList<(ulong Position, StationRow Row)> found = readings.List(after, rows, request.Search.Trim());
        foreach ((_, StationRow row) in found)
        {
            WithAlerts(row, open);
            row.Registered = registers.PlaceOf(row.Device);
            page.Rows.Add(row);
        }
        page.NextPage = PageToken.Next(found.Count, rows, found.Count == 0 ? 0 : found[^1].Position);
        return page;
    }

    public async Task<StationDetail> FindAsync(GetStationRequest request, CancellationToken cancellation)
    {
        ulong projected = await size.AtLeastAsync(request.AtLeast, cancellation);
        StationDetail detail = readings.Find(request.Device)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no station {request.Device}").ToRpcException();
        detail.ProjectedSize = projected;
        WithAlerts(detail.Row, alerts.OpenByDevice());
        detail.Row.Registered = registers.PlaceOf(request.Device);
        return detail;
    }

    private static void WithAlerts(StationRow row, IReadOnlyDictionary<string, (uint Count, AlertSeverity Worst)> open)
    {
        if (open.TryGetValue(row.Device, out (uint Count, AlertSeverity Worst) alerts))
            (row.OpenAlerts, row.WorstOpen) = alerts;
    }
}
