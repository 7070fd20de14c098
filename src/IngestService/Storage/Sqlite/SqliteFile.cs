using System.Collections.Concurrent;
using EdgeEnforcement.SegmentLog;
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

    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private readonly ConcurrentBag<SqliteConnection> _idleReaders = [];
    private readonly object _gate = new();
    private int _leases;
    private bool _replacing;
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
        Enter();
        try
        {
            int deletions = Volatile.Read(ref _deletions);
            if (!_idleReaders.TryTake(out SqliteConnection? connection))
            {
                connection = Open(SqliteOpenMode.ReadOnly);
                Execute(connection, "PRAGMA query_only = ON; PRAGMA cache_size = -4096;");
            }

            return new SqliteReadLease(this, connection, deletions);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>
    /// Puts another file in this one's place and this one aside. Readers wait for the renames; who reads now is waited for.
    /// </summary>
    /// <param name="path">A file no connection is open on.</param>
    /// <param name="asidePath">Where the file goes.</param>
    /// <param name="closeWriter">Closes the writing connection. The last to close empties the write-ahead log: it must be the writer.</param>
    public void ReplaceBy(string path, string asidePath, Action closeWriter)
    {
        lock (_gate)
        {
            _replacing = true;
            while (_leases > 0)
                Monitor.Wait(_gate);
            try
            {
                CloseReaders();
                closeWriter();
                foreach (string suffix in Suffixes)
                    if (File.Exists(Path + suffix))
                        File.Move(Path + suffix, asidePath + suffix, overwrite: true);
                File.Move(path, Path);
            }
            finally
            {
                _replacing = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Enter()
    {
        lock (_gate)
        {
            while (_replacing)
                Monitor.Wait(_gate);
            _leases++;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _leases--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// The file and what WAL leaves beside it; the writer must be closed. The file goes first: SQLite never replays a log into a file
    /// that was not there when it was opened. Readers that are under way finish on what they have; their connections are not reused.
    /// </summary>
    public void Delete()
    {
        Interlocked.Increment(ref _deletions);
        CloseReaders();
        foreach (string suffix in Suffixes)
            File.Delete(Path + suffix);
        Damage = null;
    }

    /// <summary>True for what SQLite says of a file it cannot make sense of.</summary>
    public static bool IsDamage(Exception fault) => fault is SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    /// <summary>As <see cref="Delete"/>, with zeros over what is there: the file may hold what was lawfully deleted.</summary>
    public void Erase()
    {
        Interlocked.Increment(ref _deletions);
        CloseReaders();
        PhysicalFileSystem files = new();
        foreach (string suffix in Suffixes)
            FileErasure.Erase(files, System.IO.Path.GetFullPath(Path + suffix));
        Damage = null;
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

    internal void ReportDamage(Exception fault) => Damage = fault.Message;

    /// <summary>A lease that ends with a connection nobody should use again.</summary>
    internal void Drop(SqliteConnection connection)
    {
        connection.Dispose();
        Leave();
    }

    internal void Return(SqliteConnection connection, int deletions)
    {
        if (_disposed || deletions != Volatile.Read(ref _deletions) || _idleReaders.Count >= PooledReaders)
            connection.Dispose();
        else
            _idleReaders.Add(connection);
        Leave();
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
