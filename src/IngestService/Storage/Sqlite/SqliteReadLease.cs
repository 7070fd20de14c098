using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Storage.Sqlite;

/// <summary>A rented read-only connection; inside one read transaction, so that several statements see one state.</summary>
internal sealed class SqliteReadLease : IDisposable
{
    private readonly SqliteFile _owner;
    private readonly SqliteConnection _connection;
    private readonly int _deletions;

    /// <param name="owner">Gets the connection back.</param>
    /// <param name="connection">Nobody else's until then.</param>
    /// <param name="deletions">How often the file had been deleted when the connection was taken.</param>
    public SqliteReadLease(SqliteFile owner, SqliteConnection connection, int deletions)
    {
        _owner = owner;
        _connection = connection;
        _deletions = deletions;
        SqliteFile.Execute(connection, "BEGIN");
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using StatementSet once = new(_connection);
        try
        {
            return once.Prepare(sql).Query(map, values);
        }
        catch (SqliteException fault) when (SqliteFile.IsDamage(fault))
        {
            _owner.ReportDamage(fault);
            throw;
        }
    }

    public T? QueryOne<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
        where T : class
    {
        using StatementSet once = new(_connection);
        try
        {
            return once.Prepare(sql).QueryOne(map, values);
        }
        catch (SqliteException fault) when (SqliteFile.IsDamage(fault))
        {
            _owner.ReportDamage(fault);
            throw;
        }
    }

    public long Number(string sql, params ReadOnlySpan<object?> values)
    {
        using StatementSet once = new(_connection);
        return once.Prepare(sql).Number(values) ?? 0;
    }

    /// <summary>For many rows of few columns. Disposed before the lease.</summary>
    public BulkStatement Bulk(string sql) => new(_connection, sql, _owner.ReportDamage);

    /// <summary>For who finds a row that cannot be what was written.</summary>
    public void ReportDamage(Exception fault) => _owner.ReportDamage(fault);

    /// <summary>Row by row, for tables that do not fit into memory.</summary>
    public IEnumerable<object[]> Rows(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // names of the file's own tables and columns, quoted
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            object[] values = new object[reader.FieldCount];
            reader.GetValues(values);
            yield return values;
        }
    }

    public void Dispose()
    {
        try
        {
            SqliteFile.Execute(_connection, "COMMIT");
        }
        catch (SqliteException fault) when (SqliteFile.IsDamage(fault))
        {
            // Nothing was written; whoever asked has had the fault already.
            _owner.Drop(_connection);
            return;
        }
        _owner.Return(_connection, _deletions);
    }
}
