using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Registers;

/// <summary>Rows back to versions.</summary>
internal static class RegisterRows
{
    public const string Columns = "SELECT entry_index, line, ingest_at, change, actor FROM version";

    public static RegisterVersion ToVersion(SqliteDataReader row) => RegisterVersion.Of(
        row.UInt64(0), row.UInt32(1), row.GetInt64(2), RegisterChange.Parser.ParseFrom(row.GetFieldValue<byte[]>(3)),
        Actor.Parser.ParseFrom(row.GetFieldValue<byte[]>(4)));

    /// <summary>The book as the file holds it.</summary>
    public static RegisterBookWriter Load(StatementSet statements)
    {
        RegisterBookWriter writer = new(RegisterBook.Empty);
        statements.Prepare($"{Columns} WHERE kind < $1 ORDER BY entry_index, line").Query(row =>
        {
            RegisterVersion version = ToVersion(row);
            writer.Add(version);
            return version.Entry;
        }, RegisterKind.Object);
        statements.Prepare("SELECT device, entry_index, ingest_at, at, cause, detail FROM suspending_event ORDER BY entry_index").Query(row =>
        {
            writer.Add(row.GetString(0), new SuspendingEvent(row.UInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.GetString(5)));
            return true;
        });
        long last = statements.Prepare("""
            SELECT max((SELECT ifnull(max(entry_index), -1) FROM version), (SELECT ifnull(max(entry_index), -1) FROM suspending_event))
            """).Number() ?? -1;
        writer.Size = (ulong)(last + 1);
        return writer;
    }
}
