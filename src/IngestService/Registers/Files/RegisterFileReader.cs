using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers.Rules;

namespace EdgeEnforcement.IngestService.Registers.Files;

/// <summary>
/// Lines of a file to changes. Pure: everything wrong with any line is said at once, line by line, and nothing is decided about the rest.
/// </summary>
internal sealed class RegisterFileReader(RegisterFileFormat format, string reason)
{
    /// <summary>Beyond it a file is taken in parts by whoever sends it.</summary>
    public const int MostLines = 200_000;

    // A cell may be as large as the file; a thousand errors must fit one message.
    private const int LongestText = 300;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _heads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>By line.</summary>
    public List<(int Line, RegisterChange Change)> Changes { get; } = [];

    public List<ImportError> Errors { get; } = [];

    public int Lines { get; private set; }

    public void Read(string text)
    {
        CsvParser parser = new(text);
        if (!parser.TryRead(out List<string>? head) || !TryHead(head, parser.Line))
        {
            if (Errors.Count == 0)
                Error(1, "", "the file is empty");
            return;
        }

        while (parser.TryRead(out List<string>? cells))
        {
            if (++Lines > MostLines)
            {
                Error(parser.Line, "", $"more than {MostLines} lines: send it in parts");
                return;
            }

            ReadLine(parser, cells, head.Count);
        }
    }

    /// <summary>A fault of a rule, at the column that shows it, as the file names it.</summary>
    public void Error(int line, RuleFault fault)
    {
        string field = format.ColumnOf.GetValueOrDefault(fault.Field, fault.Field);
        Error(line, _heads.GetValueOrDefault(field, field), fault.What);
    }

    private void ReadLine(CsvParser parser, List<string> cells, int columns)
    {
        if (parser.Fault is { } broken)
        {
            Error(parser.Line, "", broken);
            return;
        }

        if (cells.Count != columns)
        {
            Error(parser.Line, "", $"has {cells.Count} fields, the head has {columns}");
            return;
        }

        LineCells line = new(_places, cells);
        RegisterChange change = new() { Id = line.Text("id"), Reason = reason };
        format.Build(line, change);
        foreach (RuleFault fault in line.Faults.Concat(ShapeRules.Of(change)))
            Error(parser.Line, fault);
        if (!_ids.TryAdd(change.Id, parser.Line))
            Error(parser.Line, new RuleFault("id", $"{change.Id} stands in line {_ids[change.Id]} already"));
        Changes.Add((parser.Line, change));
    }

    private bool TryHead(List<string> head, int line)
    {
        for (int place = 0; place < head.Count; place++)
        {
            string name = head[place].Trim();
            string? field = format.Columns.FirstOrDefault(column =>
                string.Equals(column.Field, name, StringComparison.OrdinalIgnoreCase) || column.Chinese == name).Field;
            if (field is null)
                Error(line, name, $"is no column of this register: {string.Join(", ", format.Columns.Select(column => $"{column.Field} ({column.Chinese})"))}");
            else if (!_places.TryAdd(field, place))
                Error(line, name, "stands there twice");
            else
                _heads[field] = name;
        }

        if (Errors.Count == 0 && !_places.ContainsKey("id"))
            Error(line, "id", $"the column id ({format.Columns[0].Chinese}) is missing");
        return Errors.Count == 0;
    }

    private void Error(int line, string column, Said what) => Errors.Add(new ImportError
    {
        Line = (uint)line, Column = Shortened(column), What = Shortened(what.ToString()), Said = what.ToSentence(),
    });

    private static string Shortened(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
