using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk.State;

/// <summary>clerk.db while it is open: position, counter and state, written in one transaction.</summary>
internal sealed class ClerkFile : IDisposable
{
    /// <summary>Raised when the tables or what a rule reads of them change: the file is then rebuilt by folding.</summary>
    public const int SchemaVersion = 4;

    // What a crash has read again: ten pages of the ledger at most.
    private const ulong MostUnsavedEntries = 20_000;

    private readonly SqliteConnection _connection;
    private readonly StatementSet _statements;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _move;
    private readonly RecomputationTables _recomputation;
    private ulong _saved;
    private LedgerEntry? _passed; // the last that was passed over

    private ClerkFile(SqliteConnection connection, bool isNew)
    {
        _connection = connection;
        IsNew = isNew;
        _statements = new StatementSet(connection);
        _begin = _statements.Prepare("BEGIN IMMEDIATE");
        _commit = _statements.Prepare("COMMIT");
        _rollback = _statements.Prepare("ROLLBACK");
        _move = _statements.Prepare("UPDATE clerk SET position = $1, next_sequence = $2, leaf = $3");
        (Position, NextSequence, ErasedThrough, Mark) = _statements.Prepare("SELECT position, next_sequence, erased, leaf FROM clerk")
            .QueryOne(row => Tuple.Create(row.UInt64(0), row.UInt64(1), row.UInt64(2), row.GetFieldValue<byte[]>(3))) ?? throw new InvalidDataException("the clerk's row is missing");
        _saved = Position;
        _recomputation = new RecomputationTables(connection);
        State = new ClerkState(connection, _recomputation);
        Lookup = new ClerkLookup(connection, _recomputation);
    }

    /// <summary>True for a file just made: recovery must fold the ledger before anything is decided.</summary>
    public bool IsNew { get; }

    public ulong Position { get; private set; }

    /// <summary>Which entry was the last before <see cref="Position"/> (<see cref="CursorMark"/>).</summary>
    public byte[] Mark { get; private set; }

    public ulong NextSequence { get; private set; }

    /// <summary>After a recovery: the entry that is decided again, and what was said of it.</summary>
    public SaidFacts? Said { get; set; }

    /// <summary>A later deletion leaf makes the file worthless: it may hold what was erased.</summary>
    public ulong ErasedThrough { get; }

    public ClerkState State { get; }

    public ClerkLookup Lookup { get; }

    public static ClerkFile Open(SqliteFile file, ulong erasedThrough)
    {
        SqliteConnection connection = file.OpenWriter();
        try
        {
            return new ClerkFile(connection, Prepare(connection, erasedThrough));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin() => _begin.Run();

    public void Rollback() => _rollback.Run();

    public void Commit(ulong position, byte[] mark, ulong nextSequence)
    {
        _move.Run(position, nextSequence, mark);
        _commit.Run();
        (Position, Mark, NextSequence) = (position, mark, nextSequence);
        _saved = position;
    }

    /// <summary>The entry they belong to is decided. Returns the number of the last of them.</summary>
    public ulong Take(SaidFacts said)
    {
        foreach (Record fact in said.Facts)
            State.FoldFact(fact);
        Said = null;
        return said.Through;
    }

    /// <summary>Nothing up to here concerned the clerk: the position moves, and not yet in the file.</summary>
    public void PassOver(LedgerEntry last)
    {
        (Position, _passed) = (last.Index.Value + 1, last);
        if (Position - _saved >= MostUnsavedEntries)
            SavePosition();
    }

    /// <summary>On return the file knows how far it is.</summary>
    public void SavePosition()
    {
        if (Position <= _saved || _passed is null)
            return;
        Begin();
        try
        {
            Commit(Position, CursorMark.Of(_passed), NextSequence);
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    public void Dispose()
    {
        State.Dispose();
        Lookup.Dispose();
        _recomputation.Dispose();
        _statements.Dispose();
        _connection.Dispose();
    }

    // Version 0 with tables: made, but recovery did not come to its end. Only Seal sets the version.
    private static bool Prepare(SqliteConnection connection, ulong erasedThrough)
    {
        using StatementSet once = new(connection);
        long found = once.Prepare("PRAGMA user_version").Number() ?? 0;
        if (found == SchemaVersion)
            return false;
        if (found != 0 || once.Prepare("SELECT 1 FROM sqlite_master").Exists())
            throw new StaleSchemaException(found, SchemaVersion);

        SqliteFile.Execute(connection, $"""
            BEGIN IMMEDIATE;
            {EmbeddedSchema.Read("clerk.sql")}
            INSERT INTO clerk VALUES (0, 1, {erasedThrough}, x'');
            COMMIT;
            """);
        return true;
    }

    /// <summary>Recovery is complete: from now on the file may be opened as it is.</summary>
    public void Seal() => SqliteFile.Execute(_connection, $"PRAGMA user_version = {SchemaVersion}");
}
