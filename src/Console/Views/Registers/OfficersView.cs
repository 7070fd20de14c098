using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>Officers of a unit and those below it, and whose certificate ends soon or has lapsed.</summary>
public sealed class OfficersView(RegisterQueries queries, TimeProvider time)
{
    public RegisterPage Page { get; private set; } = new();

    public UnitNames Units { get; private set; } = UnitNames.None;

    public IReadOnlyList<LapsingRow> Lapsing { get; private set; } = [];

    public DateOnly Today => Figures.Day(time.GetUtcNow());

    public async Task ReadAsync(ListRegisterRequest request, CancellationToken cancellation)
    {
        Units = new UnitNames(await queries.AllAsync(RegisterKind.Unit, request.AtLeast, cancellation));
        Lapsing = await LapsingRows.ReadAsync(queries, RegisterKind.Officer, request.UnitId, Today, cancellation);
        Page = await queries.ListAsync(request, cancellation);
    }
}
