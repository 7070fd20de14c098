using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

public sealed class TerritoriesView(RegisterQueries queries)
{
    private IReadOnlyList<(string Id, ulong Version)> _drawn = [];

    public IReadOnlyList<SubjectRow> Rows { get; private set; } = [];

    public MapShape Map { get; private set; } = new([]);

    public SubjectDetail? Chosen { get; private set; }

    public string NameOf(string id) => Rows.FirstOrDefault(row => row.Id == id)?.Change.Territory.Name ?? id;

    public async Task ReadAsync(string? id, ulong atLeast, CancellationToken cancellation)
    {
        Rows = await queries.AllAsync(RegisterKind.Territory, atLeast, cancellation);
        Chosen = id is { Length: > 0 } ? await queries.FindAsync(RegisterKind.Territory, id, atLeast, cancellation) : null;
        List<(string, ulong)> shown = [.. Rows.Select(row => (row.Id, row.EntryIndex))];
        if (shown.SequenceEqual(_drawn))
            return;
        (Map, _drawn) = (new MapShape(Rows), shown);
    }
}
