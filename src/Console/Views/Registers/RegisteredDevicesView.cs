using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>Devices as the register knows them, with how each is admitted now and why not.</summary>
public sealed class RegisteredDevicesView(RegisterQueries queries, TimeProvider time)
{
    public RegisterPage Page { get; private set; } = new();

    public UnitNames Units { get; private set; } = UnitNames.None;

    public IReadOnlyList<LapsingRow> Lapsing { get; private set; } = [];

    public DateOnly Today => Figures.Day(time.GetUtcNow());

    public async Task ReadAsync(ListRegisterRequest request, CancellationToken cancellation)
    {
        Units = new UnitNames(await queries.AllAsync(RegisterKind.Unit, request.AtLeast, cancellation));
        Lapsing = await LapsingRows.ReadAsync(queries, RegisterKind.Device, request.UnitId, Today, cancellation);
        Page = await queries.ListAsync(request, cancellation);
    }
}
