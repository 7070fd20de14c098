using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

public sealed class AlertsView(DeskQueries queries)
{
    public AlertPage Page { get; private set; } = new();

    public async Task ReadAsync(ListAlertsRequest request, CancellationToken cancellation) =>
        Page = await queries.ListAlertsAsync(request, cancellation);
}
