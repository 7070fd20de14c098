using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using EdgeEnforcement.OperatorConsole.Views.Registers;

namespace EdgeEnforcement.OperatorConsole.Views.Inspections;

/// <summary>Inspection tasks by unit, state, officer and object.</summary>
public sealed class InspectionsView(InspectionQueries queries, RegisterChoices registers)
{
    public InspectionPage Page { get; private set; } = new();

    public FormOffer Units => registers.Of(RegisterKind.Unit);

    public async Task ReadAsync(ListInspectionsRequest request, CancellationToken cancellation)
    {
        if (Units.Known.Count == 0)
            await registers.ReadAsync([RegisterKind.Unit], 0, cancellation);
        Page = await queries.ListAsync(request, cancellation);
    }
}
