using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>Units as lines of a tree, from the top, each with its depth; in the order of their ids among those of one parent.</summary>
public static class UnitTree
{
    public static IReadOnlyList<(SubjectRow Unit, int Depth)> Of(IEnumerable<SubjectRow> units)
    {
        var all = units.ToDictionary(row => row.Id, StringComparer.Ordinal);
        // A unit whose parent is not in force stands at the top: it is shown, whatever became of the parent.
        var below = all.Values.ToLookup(row => all.ContainsKey(row.Change.Unit.ParentId) ? row.Change.Unit.ParentId : "", StringComparer.Ordinal);
        var lines = new List<(SubjectRow, int)>(all.Count);
        var open = new Stack<(SubjectRow Unit, int Depth)>(below[""].Reverse().Select(row => (row, 0)));
        while (open.TryPop(out var line))
        {
            lines.Add(line);
            foreach (var child in below[line.Unit.Id].Reverse())
                open.Push((child, line.Depth + 1));
        }
        return lines;
    }

    /// <summary>The unit and, while it is an internal one, those above it up to the first that acts in its own name.</summary>
    public static IReadOnlyList<SubjectRow> ActsBy(string unitId, IEnumerable<SubjectRow> units)
    {
        var all = units.ToDictionary(row => row.Id, StringComparer.Ordinal);
        var path = new List<SubjectRow>();
        for (var id = unitId; all.TryGetValue(id, out var row) && !path.Contains(row); id = row.Change.Unit.ParentId)
        {
            path.Add(row);
            if (row.Change.Unit.Standing != UnitStanding.Internal)
                break;
        }
        return path;
    }
}
