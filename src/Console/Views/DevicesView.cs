using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views;

public sealed class DevicesView(DeskQueries queries)
{
    public PresencePage Page { get; private set; } = new() { Counts = new PresenceCounts() };

    public PresenceCounts Counts => Page.Counts ?? new PresenceCounts(); // absent in the answer of an older service

    public async Task ReadAsync(ListPresenceRequest request, CancellationToken cancellation) =>
        Page = await queries.ListPresenceAsync(request, cancellation);
}
