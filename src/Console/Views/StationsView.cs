using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

public sealed class StationsView(DeskQueries queries)
{
    public StationPage Page { get; private set; } = new();

    public async Task ReadAsync(ListStationsRequest request, CancellationToken cancellation) =>
        Page = await queries.ListStationsAsync(request, cancellation);
}
