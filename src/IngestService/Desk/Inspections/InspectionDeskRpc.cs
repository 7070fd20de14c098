using EdgeEnforcement.Contracts.V1;
using Grpc.Core;
using Contract = EdgeEnforcement.Contracts.V1.InspectionDesk;

namespace EdgeEnforcement.IngestService.Desk.Inspections;

/// <summary>Queries of inspection tasks only. Nothing here appends.</summary>
internal sealed class InspectionDeskRpc(InspectionQuery inspections, ILogger<InspectionDeskRpc> log) : Contract.InspectionDeskBase
{
    public override Task<InspectionPage> List(ListInspectionsRequest request, ServerCallContext context) =>
        DeskBoundary.AnswerAsync(inspections.ListAsync(request, context.CancellationToken), context, log);

    public override Task<InspectionView> Get(GetInspectionRequest request, ServerCallContext context) =>
        DeskBoundary.AnswerAsync(inspections.FindAsync(request, context.CancellationToken), context, log);
}
