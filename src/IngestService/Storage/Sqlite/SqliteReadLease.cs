using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Storage.Sqlite;

/// <summary>A rented read-only connection; inside one read transaction, so that several statements see one state.</summary>
internal sealed class SqliteReadLease : IDisposable
{
    private readonly SqliteFile _owner;
    private readonly SqliteConnection _connection;

    public SqliteReadLease(SqliteFile owner, SqliteConnection connection)
    {
        _owner = owner;
        _connection = connection;
        SqliteFile.Execute(connection, "BEGIN");
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
    {
        using StatementSet once = new(_connection);
        return once.Prepare(sql).Query(map, values);
    }

    public T? QueryOne<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values)
        where T : class
    {
        using StatementSet once = new(_connection);
        return once.Prepare(sql).QueryOne(map, values);
    }

    public long Number(string sql, params ReadOnlySpan<object?> values)
    {
        using StatementSet once = new(_connection);
        return once.Prepare(sql).Number(values) ?? 0;
    }

    public void Dispose()
    {
        SqliteFile.Execute(_connection, "COMMIT");
        _owner.Return(_connection);
    }
}
