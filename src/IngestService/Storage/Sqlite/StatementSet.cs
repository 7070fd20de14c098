using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Storage.Sqlite;

/// <summary>The prepared statements of one connection, disposed together.</summary>
internal sealed class StatementSet(SqliteConnection connection) : IDisposable
{
    private readonly List<SqliteStatement> _statements = [];

    public SqliteStatement Prepare(string sql)
    {
        SqliteStatement statement = new(connection, sql);
        _statements.Add(statement);
        return statement;
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements)
            statement.Close();
    }
}
