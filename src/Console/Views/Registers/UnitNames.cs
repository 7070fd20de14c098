using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>Units by name and as lines of a tree; a unit that is not in force any more is called by its id.</summary>
public sealed class UnitNames(IReadOnlyList<SubjectRow> units)
{
    private readonly Dictionary<string, string> _names = units.ToDictionary(row => row.Id, row => row.Change.Unit.Name, StringComparer.Ordinal);

    public static UnitNames None { get; } = new([]);

    public IReadOnlyList<(SubjectRow Unit, int Depth)> Tree { get; } = UnitTree.Of(units);

    public string Of(string id) => _names.GetValueOrDefault(id, id);
}
