using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

public sealed class ErasuresView(DeskQueries queries)
{
    public ErasurePage Page { get; private set; } = new();

    public async Task ReadAsync(ListErasuresRequest request, CancellationToken cancellation) =>
        Page = await queries.ListErasuresAsync(request, cancellation);
}
