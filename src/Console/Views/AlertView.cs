using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

public sealed class AlertView(DeskQueries queries)
{
    public AlertDetail? Detail { get; private set; }

    public AlertRow? Row => Detail?.Row;

    public async Task ReadAsync(string alertId, ulong atLeast, CancellationToken cancellation)
    {
        var detail = await queries.GetAlertAsync(alertId, atLeast, cancellation);
        if (Detail is null || Detail.Row.AlertId != alertId || detail.ProjectedSize >= Detail.ProjectedSize)
            Detail = detail;
    }
}
