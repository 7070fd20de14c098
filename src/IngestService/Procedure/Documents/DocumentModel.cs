using System.Globalization;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>
/// Everything a document is filled with: texts by name and lists of rows. Its flat form ("party_name", "evidence.1.title") goes into the ledger
/// with the act that issues the document, so that the document can be made again from that entry and the template alone, whatever became of the
/// case since.
/// </summary>
internal sealed class DocumentModel
{
    // More rows than an entry of the ledger has room for.
    private const int MaxRows = 10_000;

    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> _lists = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Texts => _texts;

    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> Lists => _lists;

    public string this[string name] => _texts.GetValueOrDefault(name, "");

    /// <summary>An empty text is as good as none; a text that is there already stays.</summary>
    public void Set(string name, string text)
    {
        string trimmed = text.ReplaceLineEndings("\n").Trim();
        if (trimmed.Length > 0)
            _texts.TryAdd(name, trimmed);
    }

    /// <summary>Rows in their order; a list without rows is as good as none.</summary>
    public void SetList(string name, IEnumerable<IReadOnlyDictionary<string, string>> rows)
    {
        IReadOnlyDictionary<string, string>[] all = [.. rows.Select(WithoutEmpty)];
        if (all.Length > 0)
            _lists[name] = all;
    }

    /// <summary>What a template asks for and no more: what it does not print has no business in the document's entry.</summary>
    public DocumentModel Only(HashSet<string> names)
    {
        DocumentModel kept = new();
        foreach ((string name, string text) in _texts.Where(text => names.Contains(text.Key)))
            kept._texts[name] = text;
        foreach ((string name, IReadOnlyList<IReadOnlyDictionary<string, string>> rows) in _lists.Where(list => names.Contains(list.Key)))
            kept._lists[name] = [.. rows.Select(row => new SortedDictionary<string, string>(
                row.Where(column => names.Contains($"{name}.{column.Key}")).ToDictionary(), StringComparer.Ordinal))];
        return kept;
    }

    public IReadOnlyDictionary<string, string> ToFields()
    {
        SortedDictionary<string, string> fields = new(_texts, StringComparer.Ordinal);
        foreach ((string name, IReadOnlyList<IReadOnlyDictionary<string, string>> rows) in _lists)
        {
            fields[$"{name}.count"] = rows.Count.ToString(CultureInfo.InvariantCulture);
            for (int row = 0; row < rows.Count; row++)
            {
                foreach ((string column, string text) in rows[row])
                    fields[string.Create(CultureInfo.InvariantCulture, $"{name}.{row + 1}.{column}")] = text;
            }
        }

        return fields;
    }

    /// <summary>The model that <see cref="ToFields"/> came from. What does not fit the form is a text.</summary>
    public static DocumentModel FromFields(IEnumerable<KeyValuePair<string, string>> fields)
    {
        DocumentModel model = new();
        Dictionary<string, SortedDictionary<int, Dictionary<string, string>>> lists = [];
        foreach ((string key, string text) in fields)
        {
            string[] parts = key.Split('.');
            if (parts.Length == 1)
                model._texts[key] = text;
            else if (parts.Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int row))
                RowOf(lists, parts[0], row)[parts[2]] = text;
            else if (parts is [string list, "count"] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
                RowsUpTo(lists, list, count);
        }

        foreach ((string name, SortedDictionary<int, Dictionary<string, string>> rows) in lists)
            model._lists[name] = [.. rows.Values];
        return model;
    }

    // A row whose columns are all empty left nothing but its place in the count.
    private static void RowsUpTo(Dictionary<string, SortedDictionary<int, Dictionary<string, string>>> lists, string list, int count)
    {
        for (int row = 1; row <= Math.Min(count, MaxRows); row++)
            RowOf(lists, list, row);
    }

    private static Dictionary<string, string> RowOf(Dictionary<string, SortedDictionary<int, Dictionary<string, string>>> lists, string list, int row)
    {
        if (!lists.TryGetValue(list, out SortedDictionary<int, Dictionary<string, string>>? rows))
            lists[list] = rows = [];
        if (!rows.TryGetValue(row, out Dictionary<string, string>? columns))
            rows[row] = columns = new(StringComparer.Ordinal);
        return columns;
    }

    private static SortedDictionary<string, string> WithoutEmpty(IReadOnlyDictionary<string, string> row)
    {
        SortedDictionary<string, string> kept = new(StringComparer.Ordinal);
        foreach ((string column, string text) in row)
        {
            string trimmed = text.ReplaceLineEndings("\n").Trim();
            if (trimmed.Length > 0)
                kept[column] = trimmed;
        }

        return kept;
    }
}
