using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Views.Forms;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>Subjects that a field of a form may name, by id and name, and the names of those that are shown.</summary>
public sealed class RegisterChoices(RegisterQueries queries, DeskQueries desk) : IFormChoices
{
    // Of officers there may be thousands; those beyond are typed by their id.
    private const uint MostOfficers = 500;

    private const uint MostFinds = 8;

    private readonly Dictionary<RegisterKind, FormOffer> _known = [];

    public async Task ReadAsync(IEnumerable<RegisterKind> kinds, ulong atLeast, CancellationToken cancellation)
    {
        foreach (var kind in kinds)
            _known[kind] = kind == RegisterKind.Officer ? await OfficersAsync(atLeast, cancellation) : new FormOffer(NamesOf(kind, await queries.AllAsync(kind, atLeast, cancellation)));
    }

    /// <summary>Names of officers of whom only the id is known, be there as many officers as there may.</summary>
    public async Task ReadOfficersAsync(IEnumerable<string> ids, CancellationToken cancellation)
    {
        foreach (var id in ids.Where(id => Of(RegisterKind.Officer).Known.All(known => known.Value != id)).ToArray())
        {
            var officers = Of(RegisterKind.Officer);
            if (await queries.FindAsync(RegisterKind.Officer, id, 0, cancellation) is { } found)
                _known[RegisterKind.Officer] = officers with { Known = [.. officers.Known, (id, NameOf(found.Row))] };
        }
    }

    public async Task<IReadOnlyList<FormFind>> FindAsync(FormField field, string text, CancellationToken cancellation)
    {
        if (text.Length == 0)
            return [];
        if (field.Name == "case_id")
            return [.. (await desk.ListCasesAsync(new ListCasesRequest { Text = text, PageSize = MostFinds }, cancellation)).Rows.Select(row => new FormFind(row.CaseId, row.Title, row.Number))];
        var byName = await queries.FindObjectsAsync(new FindObjectsRequest { Name = text, PageSize = MostFinds }, cancellation);
        var byNumber = await queries.FindObjectsAsync(new FindObjectsRequest { Number = text, PageSize = MostFinds }, cancellation);
        return [.. byNumber.Rows.Concat(byName.Rows).DistinctBy(row => row.Id).Select(ToFind)];
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

    // Numbers of persons come masked.
    private static FormFind ToFind(SubjectRow row)
    {
        var found = row.Change.EnforcementObject;
        string[] facts = [found.Uscc, found.IdentityNumber, found.Name.Length > 0 ? found.Plate : "", found.VesselNumber, found.Address, row.Id];
        return new FormFind(row.Id, found.Name.Length > 0 ? found.Name : found.Plate, string.Join(" · ", facts.Where(fact => fact.Length > 0)));
    }

    private async Task<FormOffer> OfficersAsync(ulong atLeast, CancellationToken cancellation)
    {
        var page = await queries.ListAsync(new ListRegisterRequest { AtLeast = atLeast, Kind = RegisterKind.Officer, PageSize = MostOfficers }, cancellation);
        return new FormOffer(NamesOf(RegisterKind.Officer, page.Rows), IsWhole: page.NextPage.Length == 0);
    }

    private static IReadOnlyList<(string, string)> NamesOf(RegisterKind kind, IReadOnlyList<SubjectRow> rows) => kind == RegisterKind.Unit
        ? [.. UnitTree.Of(rows).Select(line => (line.Unit.Id, new string('　', line.Depth) + NameOf(line.Unit)))]
        : [.. rows.Select(row => (row.Id, NameOf(row)))];
}
