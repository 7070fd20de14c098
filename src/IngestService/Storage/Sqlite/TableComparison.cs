using System.Globalization;

namespace EdgeEnforcement.IngestService.Storage.Sqlite;

/// <summary>
/// Compares what a file holds with what it must hold: schema, then each table row by row in the order of its primary key, each
/// value with its type. Rows are streamed: a table need not fit into memory.
/// </summary>
internal sealed class TableComparison(SqliteReadLease found, SqliteReadLease expected, Action<string> difference)
{
    // A table that was swapped for another differs in every row; the first ones say as much as all.
    private const int NamedPerTable = 50;

    private const int LongestValue = 60;

    private string _table = "";
    private int _count;

    /// <summary>What may come of reading a file whose bytes are not as they were written.</summary>
    public static bool IsUnreadable(Exception fault) => fault
        is Microsoft.Data.Sqlite.SqliteException or InvalidOperationException or InvalidCastException or ArgumentException or OverflowException;

    /// <summary>Every row is one comparison; returns how many there were.</summary>
    public long Run()
    {
        foreach (string line in found.Query("PRAGMA integrity_check", row => row.GetString(0)))
            if (line != "ok")
                difference($"SQLite finds its structure damaged: {line.ReplaceLineEndings(" ")}");

        Dictionary<string, string> tables = Tables(found);
        long rows = 0;
        foreach ((string table, string sql) in Tables(expected))
        {
            if (!tables.Remove(table, out string? there))
                difference($"table {table} is missing");
            else if (there != sql)
                difference($"table {table} has another schema: {there.ReplaceLineEndings(" ")}");
            else
                rows += Compare(table);
        }
        foreach (string table in tables.Keys)
            difference($"table {table} does not belong here");
        return rows;
    }

    private static Dictionary<string, string> Tables(SqliteReadLease file) => file
        .Query("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name", row => (Name: row.GetString(0), Sql: row.GetString(1)))
        .ToDictionary(table => table.Name, table => table.Sql);

    private long Compare(string table)
    {
        (_table, _count) = (table, 0);
        List<(string Name, long Key)> columns = expected.Query(
            "SELECT name, pk FROM pragma_table_info($1)", row => (row.GetString(0), row.GetInt64(1)), table);
        int[] key = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Key > 0).OrderBy(i => columns[i].Key)];
        if (key.Length == 0)
            key = [.. Enumerable.Range(0, columns.Count)];
        string sql = $"SELECT * FROM {Quoted(table)} ORDER BY {string.Join(", ", key.Select(i => Quoted(columns[i].Name)))}";

        long rows = 0;
        using IEnumerator<object[]> left = found.Rows(sql).GetEnumerator();
        using IEnumerator<object[]> right = expected.Rows(sql).GetEnumerator();
        bool hasLeft = left.MoveNext(), hasRight = right.MoveNext();
        for (; hasLeft || hasRight; rows++)
        {
            int order = !hasLeft ? 1 : !hasRight ? -1 : Order(left.Current, right.Current, key);
            if (order > 0)
                Name(right.Current, key, columns, "is missing");
            else if (order < 0)
                Name(left.Current, key, columns, "does not belong here");
            else
                CompareValues(left.Current, right.Current, key, columns);
            hasLeft = order <= 0 ? left.MoveNext() : hasLeft;
            hasRight = order >= 0 ? right.MoveNext() : hasRight;
        }
        if (_count > NamedPerTable)
            difference($"table {table}: {_count - NamedPerTable} more differences");
        return rows;
    }

    private void CompareValues(object[] left, object[] right, int[] key, List<(string Name, long Key)> columns)
    {
        for (int i = 0; i < right.Length; i++)
            if (Order(left[i], right[i]) != 0 || left[i].GetType() != right[i].GetType())
                Name(right, key, columns, $"column {columns[i].Name} is {Text(left[i])}, the ledger gives {Text(right[i])}");
    }

    private void Name(object[] row, int[] key, List<(string Name, long Key)> columns, string what)
    {
        if (++_count <= NamedPerTable)
            difference($"table {_table}, row {string.Join(", ", key.Select(i => $"{columns[i].Name} = {Text(row[i])}"))}: {what}");
    }

    private static int Order(object[] left, object[] right, int[] key)
    {
        foreach (int i in key)
            if (Order(left[i], right[i]) is not 0 and var order)
                return order;
        return 0;
    }

    // As SQLite sorts: NULL, numbers, text by its UTF-8 bytes, blobs.
    private static int Order(object left, object right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (long or double, long or double) => Number(left).CompareTo(Number(right)),
        (string a, string b) => System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b)),
        (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
        _ => Rank(left).CompareTo(Rank(right)),
    };

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static int Rank(object value) => value switch { long or double => 1, string => 2, byte[] => 3, _ => 0 };

    private static string Text(object value)
    {
        string text = value switch
        {
            byte[] bytes => "x" + Convert.ToHexStringLower(bytes),
            string s => $"'{s.ReplaceLineEndings(" ")}'",
            DBNull => "NULL",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
        return text.Length <= LongestValue ? text : text[..LongestValue] + "...";
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
