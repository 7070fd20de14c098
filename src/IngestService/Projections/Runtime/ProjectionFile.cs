using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>
/// A projection's file while it is open for writing: batch and cursor in one transaction.
/// </summary>
/// <remarks>
/// The cursor lives in the same file as the tables, so a crash leaves both at the same entry or neither. A lost tail (see
/// <see cref="SqliteFile"/>) is replayed. Transactions are statements, not SqliteTransaction objects, so that prepared
/// commands need no hand-over from batch to batch. Entries that say nothing to the projection move the cursor in memory only: a crash
/// has them passed over again.
/// </remarks>
internal sealed class ProjectionFile : IDisposable
{
    private readonly SqliteConnection _connection;
    // What a crash has read again: four pages of the ledger at most.
    private const ulong MostUnsavedEntries = 20_000;

    private readonly StatementSet _statements;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _move;
    private ulong _saved;
    private ReadOnlyMemory<byte> _lastLeaf;
    private readonly SqliteStatement _passErasure;

    private ProjectionFile(SqliteConnection connection, IProjection projection)
    {
        _connection = connection;
        _statements = new StatementSet(connection);
        _begin = _statements.Prepare("BEGIN IMMEDIATE");
        _commit = _statements.Prepare("COMMIT");
        _rollback = _statements.Prepare("ROLLBACK");
        _move = _statements.Prepare("UPDATE cursor SET position = $1, leaf = $2");
        _passErasure = _statements.Prepare("UPDATE cursor SET erased = $1");
        (Position, ErasedThrough, Mark) = _statements.Prepare("SELECT position, erased, leaf FROM cursor")
            .QueryOne(row => Tuple.Create(row.UInt64(0), row.UInt64(1), row.GetFieldValue<byte[]>(2))) ?? throw new InvalidDataException("the cursor row is missing");
        _saved = Position;
        Tables = projection.Open(connection);
    }

    /// <summary>Everything below is in the tables, as far as it says anything to them.</summary>
    public ulong Position { get; private set; }

    /// <summary>Which entry was the last before the position in the file (<see cref="CursorMark"/>).</summary>
    public byte[] Mark { get; private set; }

    /// <summary>
    /// Nothing of what deletion leaves below cover was ever in this file: they were obeyed when it was begun, or covered nothing it had. A later
    /// one makes the file worthless, unless it passes as well (<see cref="PassErasure"/>).
    /// </summary>
    public ulong ErasedThrough { get; private set; }

    public IProjectionTables Tables { get; }

    /// <summary>Opens the file, or makes an empty one. Throws <see cref="StaleSchemaException"/> for another schema version.</summary>
    /// <param name="file">The file.</param>
    /// <param name="projection">Whose tables it holds.</param>
    /// <param name="erasedThrough">For a file that is begun here.</param>
    public static ProjectionFile Open(SqliteFile file, IProjection projection, ulong erasedThrough)
    {
        SqliteConnection connection = file.OpenWriter();
        try
        {
            Prepare(connection, projection, erasedThrough);
            return new ProjectionFile(connection, projection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes what is to be applied, with the position; with nothing to apply the position alone moves, and not yet in the file.</summary>
    public void Take(in ProjectionBatch batch)
    {
        if (batch.Entries.Count > 0)
        {
            Write(batch);
            return;
        }
        (Position, _lastLeaf) = (batch.Next, batch.LastLeaf);
        if (Position - _saved >= MostUnsavedEntries)
            SavePosition();
    }

    /// <summary>On return the file knows how far it is.</summary>
    public void SavePosition()
    {
        if (Position > _saved)
            Write(new ProjectionBatch([], 0, Position, _lastLeaf));
    }

    private void Write(in ProjectionBatch batch)
    {
        _begin.Run();
        try
        {
            foreach (ProjectedEntry entry in batch.Entries)
                Tables.Apply(entry);
            Tables.EndBatch();
            byte[] mark = CursorMark.Of(batch.LastLeaf);
            _move.Run(batch.Next, mark);
            _commit.Run();
            (Position, Mark) = (batch.Next, mark);
            _saved = batch.Next;
        }
        catch
        {
            _rollback.Run();
            throw;
        }
    }

    /// <summary>False when something was erased that may be in the file.</summary>
    public bool PassErasure(ILedgerReader ledger)
    {
        ulong through = ledger.ErasedThrough;
        if (through <= ErasedThrough)
            return true;
        if (Tables.MayHold(ledger.ErasedRanges))
            return false;
        _passErasure.Run(through);
        ErasedThrough = through;
        return true;
    }

    public void Dispose()
    {
        Tables.Dispose();
        _statements.Dispose();
        _connection.Dispose();
    }

    private static void Prepare(SqliteConnection connection, IProjection projection, ulong erasedThrough)
    {
        using StatementSet once = new(connection);
        long found = once.Prepare("PRAGMA user_version").Number() ?? 0;
        if (found == projection.SchemaVersion)
            return;
        if (found != 0)
            throw new StaleSchemaException(found, projection.SchemaVersion);

        // One transaction: a crash in the middle leaves version 0 and no tables.
        SqliteFile.Execute(connection, $"""
            BEGIN IMMEDIATE;
            {projection.Schema}
            CREATE TABLE cursor (position INTEGER NOT NULL, erased INTEGER NOT NULL, leaf BLOB NOT NULL);
            INSERT INTO cursor VALUES (0, {erasedThrough}, x'');
            PRAGMA user_version = {projection.SchemaVersion};
            COMMIT;
            """);
    }
}
