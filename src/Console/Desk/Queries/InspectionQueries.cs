using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Queries;

/// <summary>The service's queries of inspection tasks with the console's patience. Failures come out as RpcException and are shown by the page.</summary>
public sealed class InspectionQueries(InspectionDesk.InspectionDeskClient client, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);

    public async Task<InspectionPage> ListAsync(ListInspectionsRequest request, CancellationToken cancellation) =>
        await client.ListAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<InspectionView> GetAsync(string inspectionId, string officerId, ulong atLeast, CancellationToken cancellation) =>
        await client.GetAsync(new GetInspectionRequest { InspectionId = inspectionId, OfficerId = officerId, AtLeast = atLeast }, Patiently(cancellation)).ConfigureAwait(false);

    private CallOptions Patiently(CancellationToken cancellation) =>
        new(deadline: (time.GetUtcNow() + _patience).UtcDateTime, cancellationToken: cancellation);
}
