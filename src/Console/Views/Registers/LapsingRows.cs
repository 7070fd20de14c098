using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>What has lapsed or ends soon, of one register.</summary>
internal static class LapsingRows
{
    /// <summary>How early an end is shown: an annual review takes a month.</summary>
    public const int SoonDays = 30;

    private const uint Most = 500;

    public static async Task<IReadOnlyList<LapsingRow>> ReadAsync(
        RegisterQueries queries, RegisterKind kind, string unitId, DateOnly today, CancellationToken cancellation)
    {
        var page = await queries.ListLapsingAsync(
            new ListLapsingRequest { ThroughDay = Figures.Day(today.AddDays(SoonDays)), UnitId = unitId, PageSize = Most }, cancellation);
        return [.. page.Rows.Where(row => row.Kind == kind)];
    }
}
