using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>The tree of units, what the chosen one may handle and by whose word, and the answer to one question about it.</summary>
public sealed class UnitsView(RegisterQueries queries, TimeProvider time)
{
    public IReadOnlyList<(SubjectRow Unit, int Depth)> Tree { get; private set; } = [];

    public IReadOnlyDictionary<string, SubjectRow> Items { get; private set; } = new Dictionary<string, SubjectRow>();

    public IReadOnlyList<SubjectRow> Territories { get; private set; } = [];

    public SubjectDetail? Chosen { get; private set; }

    /// <summary>What the chosen unit acts by: its own grants and, for an internal unit, those of the agency it belongs to.</summary>
    public IReadOnlyList<SubjectRow> Held { get; private set; } = [];

    /// <summary>What the chosen unit delegated to others.</summary>
    public IReadOnlyList<SubjectRow> Given { get; private set; } = [];

    public GuardAnswer? Answer { get; private set; }

    public string NameOf(string unitId) => Tree.FirstOrDefault(line => line.Unit.Id == unitId).Unit?.Change.Unit.Name ?? unitId;

    public string ItemName(string itemId) => Items.TryGetValue(itemId, out var item) ? item.Change.Item.Name : itemId;

    public async Task ReadAsync(string? unit, CompetenceQuestion question, ulong atLeast, CancellationToken cancellation)
    {
        var units = await queries.AllAsync(RegisterKind.Unit, atLeast, cancellation);
        var grants = await queries.AllAsync(RegisterKind.Grant, atLeast, cancellation);
        Items = (await queries.AllAsync(RegisterKind.Item, atLeast, cancellation)).ToDictionary(row => row.Id, StringComparer.Ordinal);
        Territories = await queries.AllAsync(RegisterKind.Territory, atLeast, cancellation);
        Tree = UnitTree.Of(units);
        var id = unit ?? (Tree is [var top, ..] ? top.Unit.Id : "");
        Chosen = id.Length == 0 ? null : await queries.FindAsync(RegisterKind.Unit, id, atLeast, cancellation);
        var actsBy = UnitTree.ActsBy(id, units).Select(row => row.Id).ToList();
        Held = [.. grants.Where(row => actsBy.Contains(row.Change.Grant.UnitId)).OrderBy(row => actsBy.IndexOf(row.Change.Grant.UnitId))];
        Given = [.. grants.Where(row => row.Change.Grant.DelegatingUnitId == id && id.Length > 0)];
        Answer = id.Length == 0 || question.Item is not { Length: > 0 } item ? null : await queries.MayHandleAsync(new MayHandleRequest
        {
            AtLeast = atLeast, UnitId = id, ItemId = item, TerritoryId = question.Territory ?? "", At = question.At(time.GetUtcNow()),
        }, cancellation);
    }

    public string Today => Figures.Day(Figures.Day(time.GetUtcNow()));
}
