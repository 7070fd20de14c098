using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeEnforcement.IngestService.Storage.Sqlite;

/// <summary>
/// A prepared statement at the library's own interface: no boxes, no command objects. For paths of a hundred thousand rows a second, where
/// <see cref="SqliteStatement"/> costs more than SQLite. Parameters count from 1, columns from 0; NaN is NULL. Not thread-safe.
/// </summary>
internal sealed class BulkStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly Action<SqliteException>? _onDamage;

    /// <param name="connection">Open, and longer than this.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="onDamage">Told of a file SQLite cannot make sense of, before the exception goes on.</param>
    public BulkStatement(SqliteConnection connection, string sql, Action<SqliteException>? onDamage = null)
    {
        _connection = connection.Handle ?? throw new InvalidOperationException("the connection is not open");
        _onDamage = onDamage;
        Check(raw.sqlite3_prepare_v2(_connection, sql, out _statement));
    }

    public BulkStatement Bind(int parameter, long value)
    {
        raw.sqlite3_bind_int64(_statement, parameter, value);
        return this;
    }

    public BulkStatement Bind(int parameter, double value)
    {
        if (double.IsNaN(value))
            raw.sqlite3_bind_null(_statement, parameter);
        else
            raw.sqlite3_bind_double(_statement, parameter, value);
        return this;
    }

    public BulkStatement Bind(int parameter, long? value) => value is { } there ? Bind(parameter, there) : BindNull(parameter);

    public BulkStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        raw.sqlite3_bind_blob(_statement, parameter, value);
        return this;
    }

    public BulkStatement BindNull(int parameter)
    {
        raw.sqlite3_bind_null(_statement, parameter);
        return this;
    }

    /// <summary>For statements without rows.</summary>
    public void Run()
    {
        int code = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
            Check(code);
    }

    /// <summary>False after the last row; the statement can then be bound again.</summary>
    public bool Next()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
            Check(code);
        return false;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Double(int column) => IsNull(column) ? double.NaN : raw.sqlite3_column_double(_statement, column);

    /// <summary>Valid until the next row.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code == raw.SQLITE_OK)
            return;
        SqliteException fault = new(raw.sqlite3_errmsg(_connection).utf8_to_string(), code & 0xff, code);
        if (SqliteFile.IsDamage(fault))
            _onDamage?.Invoke(fault);
        throw fault;
    }
}
