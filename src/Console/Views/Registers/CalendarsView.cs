using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>One year's working calendar as it is in force, and the years there are.</summary>
public sealed class CalendarsView(RegisterQueries queries, TimeProvider time)
{
    public IReadOnlyList<string> Years { get; private set; } = [];

    public int Year { get; private set; }

    /// <summary>Null: the year's calendar has not come yet; weekends only.</summary>
    public SubjectDetail? Detail { get; private set; }

    public DateOnly Today => Figures.Day(time.GetUtcNow());

    public async Task ReadAsync(int? year, ulong atLeast, CancellationToken cancellation)
    {
        Years = [.. (await queries.AllAsync(RegisterKind.Calendar, atLeast, cancellation)).Select(row => row.Id)];
        var asked = year ?? Today.Year;
        Detail = await queries.FindAsync(RegisterKind.Calendar, Figures.Year(asked), atLeast, cancellation);
        Year = asked;
    }
}
