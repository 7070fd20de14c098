using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Storage.Sqlite;

/// <summary>
/// A prepared statement with parameters $1, $2 ...; prepared at the first call, reused until its <see cref="StatementSet"/> is
/// disposed. Not thread-safe.
/// </summary>
internal sealed class SqliteStatement
{
    private readonly SqliteCommand _command;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // every statement is a raw string constant in a table's class
        _command.CommandText = sql;
#pragma warning restore CA2100
    }

    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    public long? Number(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteScalar() is long number ? number : null;
    }

    public bool Exists(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using SqliteDataReader reader = _command.ExecuteReader();
        return reader.Read();
    }

    public List<T> Query<T>(Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using SqliteDataReader reader = _command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    public T? QueryOne<T>(Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
        where T : class
    {
        Bind(values);
        using SqliteDataReader reader = _command.ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    internal void Close() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        SqliteParameterCollection parameters = _command.Parameters;
        while (parameters.Count < values.Length)
            parameters.Add(new SqliteParameter { ParameterName = $"${parameters.Count + 1}" });
        for (int i = 0; i < values.Length; i++)
            parameters[i].Value = Stored(values[i]);
    }

    // Values come from signed records and may be anything: what a column cannot hold is cut (integers are signed 64 bit) or
    // absent (NaN), because a pump that throws on one record would never see the next.
    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        ulong number => (long)Math.Min(number, long.MaxValue),
        double.NaN => DBNull.Value,
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        Enum constant => Convert.ToInt64(constant, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };
}
