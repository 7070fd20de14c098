using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>Subjects that a field of a form may name, by id and name, and the names of those that are shown.</summary>
public sealed class RegisterChoices(RegisterQueries queries)
{
    // Of officers there may be thousands; those beyond are typed by their id.
    private const uint MostOfficers = 500;

    private readonly Dictionary<RegisterKind, IReadOnlyList<(string Id, string Name)>> _known = [];

    public async Task ReadAsync(IEnumerable<RegisterKind> kinds, ulong atLeast, CancellationToken cancellation)
    {
        foreach (var kind in kinds)
        {
            _known[kind] = kind switch
            {
                RegisterKind.Unit => [.. UnitTree.Of(await queries.AllAsync(kind, atLeast, cancellation)).Select(line => (line.Unit.Id, new string('　', line.Depth) + NameOf(line.Unit)))],
                RegisterKind.Officer => [.. (await queries.ListAsync(new ListRegisterRequest { AtLeast = atLeast, Kind = kind, PageSize = MostOfficers }, cancellation)).Rows.Select(row => (row.Id, NameOf(row)))],
                _ => [.. (await queries.AllAsync(kind, atLeast, cancellation)).Select(row => (row.Id, NameOf(row)))],
            };
        }
    }

    /// <summary>Empty where nothing was read: the id is typed.</summary>
    public IReadOnlyList<(string Id, string Name)> Of(RegisterKind kind) => _known.GetValueOrDefault(kind, []);

    public string NameOf(RegisterKind kind, string id) => Of(kind).FirstOrDefault(known => known.Id == id).Name?.TrimStart('　') ?? id;

    public static string NameOf(SubjectRow row) => row.Change switch
    {
        { Unit: { } unit } => unit.Name,
        { Item: { } item } => item.Name,
        { Officer: { } officer } => officer.Name,
        { Territory: { } territory } => territory.Name,
        _ => row.Id,
    };
}
