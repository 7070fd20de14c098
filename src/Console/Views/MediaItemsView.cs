using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

public sealed class MediaItemsView(DeskQueries queries)
{
    public MediaPage Page { get; private set; } = new();

    public async Task ReadAsync(ListMediaRequest request, CancellationToken cancellation) =>
        Page = await queries.ListMediaAsync(request, cancellation);
}
