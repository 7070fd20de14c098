using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

public sealed class CasesView(DeskQueries queries)
{
    public CasePage Page { get; private set; } = new();

    public async Task ReadAsync(ListCasesRequest request, CancellationToken cancellation) =>
        Page = await queries.ListCasesAsync(request, cancellation);
}
