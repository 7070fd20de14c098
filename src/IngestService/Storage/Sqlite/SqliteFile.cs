using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Storage.Sqlite;

/// <summary>
/// One SQLite file: one writing connection, owned by one pump, and a pool of read-only connections. All pragmas are here.
/// </summary>
/// <remarks>
/// WAL lets readers see the last commit while the writer works. synchronous=NORMAL does not flush at every commit: after a
/// power cut the newest transactions may be gone, batch and cursor together, and the owner replays them from the ledger,
/// which is flushed. Nothing kept here is the only copy of anything.
/// </remarks>
internal sealed class SqliteFile(string path) : IDisposable
{
    private const int PooledReaders = 8;

    private readonly ConcurrentBag<SqliteConnection> _idleReaders = [];
    private volatile bool _disposed;

    public string Path { get; } = path;

    public SqliteConnection OpenWriter()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path) ?? ".");
        SqliteConnection connection = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            Execute(connection, """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                PRAGMA wal_autocheckpoint = 2000;
                PRAGMA cache_size = -16384;
                PRAGMA temp_store = MEMORY;
                PRAGMA foreign_keys = OFF;
                """);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A reader sees the last commit at its first statement. Dispose the lease to give the connection back.</summary>
    public SqliteReadLease Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idleReaders.TryTake(out SqliteConnection? connection))
        {
            connection = Open(SqliteOpenMode.ReadOnly);
            Execute(connection, "PRAGMA query_only = ON; PRAGMA cache_size = -4096;");
        }

        return new SqliteReadLease(this, connection);
    }

    /// <summary>Only while no connection is open: the file and what WAL leaves beside it.</summary>
    public void Delete()
    {
        CloseReaders();
        foreach (string suffix in (string[])["", "-wal", "-shm"])
            File.Delete(Path + suffix);
    }

    public void CloseReaders()
    {
        while (_idleReaders.TryTake(out SqliteConnection? connection))
            connection.Dispose();
    }

    public void Dispose()
    {
        _disposed = true;
        CloseReaders();
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // constants and embedded schema only
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    internal void Return(SqliteConnection connection)
    {
        if (_disposed || _idleReaders.Count >= PooledReaders)
            connection.Dispose();
        else
            _idleReaders.Add(connection);
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        // Pooling off: a pooled handle would keep a deleted file alive.
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 10,
        }.ToString());
        connection.Open();
        return connection;
    }
}
