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
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly ConcurrentBag<SqliteConnection> _idleReaders = [];
    private volatile bool _disposed;
    private int _deletions;

    public string Path { get; } = path;

    /// <summary>What SQLite said when a reader met a page it cannot make sense of; null until then. The owner makes the file anew.</summary>
    public string? Damage { get; private set; }

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
        int deletions = Volatile.Read(ref _deletions);
        if (!_idleReaders.TryTake(out SqliteConnection? connection))
        {
            connection = Open(SqliteOpenMode.ReadOnly);
            Execute(connection, "PRAGMA query_only = ON; PRAGMA cache_size = -4096;");
        }

        return new SqliteReadLease(this, connection, deletions);
    }

    /// <summary>
    /// The file and what WAL leaves beside it; the writer must be closed. The file goes first: SQLite never replays a log into a file
    /// that was not there when it was opened. Readers that are under way finish on what they have; their connections are not reused.
    /// </summary>
    public void Delete()
    {
        Interlocked.Increment(ref _deletions);
        CloseReaders();
        foreach (string suffix in (string[])["", "-wal", "-shm"])
            File.Delete(Path + suffix);
        Damage = null;
    }

    /// <summary>True for what SQLite says of a file it cannot make sense of.</summary>
    public static bool IsDamage(Exception fault) => fault is SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

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

    internal void ReportDamage(SqliteException fault) => Damage = fault.Message;

    internal void Return(SqliteConnection connection, int deletions)
    {
        if (_disposed || deletions != Volatile.Read(ref _deletions) || _idleReaders.Count >= PooledReaders)
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
