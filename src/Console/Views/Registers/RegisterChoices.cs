using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Views.Forms;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>Subjects that a field of a form may name, by id and name, and the names of those that are shown.</summary>
public sealed class RegisterChoices(RegisterQueries queries) : IFormChoices
{
    // Of officers there may be thousands; those beyond are typed by their id.
    private const uint MostOfficers = 500;

    private readonly Dictionary<RegisterKind, FormOffer> _known = [];

    public async Task ReadAsync(IEnumerable<RegisterKind> kinds, ulong atLeast, CancellationToken cancellation)
    {
        foreach (var kind in kinds)
            _known[kind] = kind == RegisterKind.Officer ? await OfficersAsync(atLeast, cancellation) : new FormOffer(NamesOf(kind, await queries.AllAsync(kind, atLeast, cancellation)));
    }

    public FormOffer Of(FormField field) => Of(field.Of);

    public FormOffer Of(RegisterKind kind) => _known.GetValueOrDefault(kind, FormOffer.None);

    public string NameOf(RegisterKind kind, string id) => Of(kind).WordOf(id);

    public static string NameOf(SubjectRow row) => row.Change switch
    {
        { Unit: { } unit } => unit.Name,
        { Item: { } item } => item.Name,
        { Officer: { } officer } => officer.Name,
        { Territory: { } territory } => territory.Name,
        _ => row.Id,
    };

    private async Task<FormOffer> OfficersAsync(ulong atLeast, CancellationToken cancellation)
    {
        var page = await queries.ListAsync(new ListRegisterRequest { AtLeast = atLeast, Kind = RegisterKind.Officer, PageSize = MostOfficers }, cancellation);
        return new FormOffer(NamesOf(RegisterKind.Officer, page.Rows), IsWhole: page.NextPage.Length == 0);
    }

    private static IReadOnlyList<(string, string)> NamesOf(RegisterKind kind, IReadOnlyList<SubjectRow> rows) => kind == RegisterKind.Unit
        ? [.. UnitTree.Of(rows).Select(line => (line.Unit.Id, new string('　', line.Depth) + NameOf(line.Unit)))]
        : [.. rows.Select(row => (row.Id, NameOf(row)))];
}
