using System.Globalization;
using EdgeEnforcement.IngestService.Registers.Rules;

namespace EdgeEnforcement.IngestService.Registers.Files;

/// <summary>The cells of one line by field, and what was wrong with them. A column the file has not got is empty.</summary>
internal sealed class LineCells(IReadOnlyDictionary<string, int> places, IReadOnlyList<string> cells)
{
    public List<RuleFault> Faults { get; } = [];

    public string Text(string field) => places.TryGetValue(field, out int place) && place < cells.Count ? cells[place].Trim() : "";

    public double? Number(string field)
    {
        string text = Text(field);
        if (text.Length == 0)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return number;
        Faults.Add(new RuleFault(field, $"'{text}' is no number"));
        return null;
    }

    /// <summary>Spreadsheets write 2026/11/8 where 2026-11-08 was typed.</summary>
    public static string Day(string text)
    {
        string[] parts = text.Split('/', '-', '.');
        return parts.Length == 3 && parts[0].Length == 4 && parts[1].Length is 1 or 2 && parts[2].Length is 1 or 2
            ? $"{parts[0]}-{parts[1].PadLeft(2, '0')}-{parts[2].PadLeft(2, '0')}" : text;
    }

    public T Word<T>(string field, WordList<T> words)
        where T : struct, Enum => Word(field, Text(field), words);

    public T Word<T>(string field, string text, WordList<T> words)
        where T : struct, Enum
    {
        if (words.Find(text) is { } value)
            return value;
        Faults.Add(new RuleFault(field, $"'{text}' is none of {words}"));
        return default;
    }

    /// <summary>Columns that hold one thing each of several, by ';': as many in each, or none.</summary>
    public IEnumerable<string[]> Rows(params string[] fields)
    {
        string[][] columns = [.. fields.Select(field => Text(field) is { Length: > 0 } text ? text.Split(';', '；') : [])];
        int count = columns[0].Length;
        for (int i = 1; i < columns.Length; i++)
        {
            if (columns[i].Length != 0 && columns[i].Length != count)
                Faults.Add(new RuleFault(fields[i], $"has {columns[i].Length} entries by ';', {fields[0]} has {count}"));
        }

        for (int row = 0; row < count; row++)
            yield return [.. columns.Select(column => row < column.Length ? column[row].Trim() : "")];
    }

    public static IEnumerable<string> Parts(string text) =>
        text.Split(['|', '、', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
