using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Identity;

namespace EdgeEnforcement.OperatorConsole.Views.Inspections;

/// <summary>One inspection task with what may be done next.</summary>
public sealed class InspectionRoomView(InspectionQueries queries, IOperatorContext context)
{
    public InspectionView? Seen { get; private set; }

    public async Task ReadAsync(string inspectionId, ulong atLeast, CancellationToken cancellation) =>
        Seen = await queries.GetAsync(inspectionId, context.Current.Id, atLeast, cancellation);

    /// <summary>The id itself where the registers know no name.</summary>
    public string NameOf(string id) => Seen?.Names.TryGetValue(id, out var name) == true ? name : id;
}
