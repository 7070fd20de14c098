using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

internal sealed class ClosingReader(SqliteFile file) : IClosingQueries
{
    // Behind the fields of the alert as it is now.
    private const int First = AlertReader.FieldCount;

    private const string Select = $"""
        SELECT {AlertReader.Fields}, c.entry, c.closed_at, c.actor_id, c.actor_name, c.reason, c.remark, c.draw, c.percent, c.undone,
            ifnull(c.word_entry, 0), c.agrees, c.word, c.supervisor_id, c.supervisor_name
        FROM closing c JOIN alert a ON a.alert_id = c.alert_id {AlertReader.Beside}
        """;

    public IReadOnlyList<ClosingRow> Sample(ulong before, int count, bool waitingOnly)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"""
            {Select} WHERE c.entry < $1 AND c.in_sample = 1 {(waitingOnly ? "AND c.word_entry IS NULL" : "")} ORDER BY c.entry DESC LIMIT $2
            """, ToRow, before, count);
    }

    public ulong CountWaiting()
    {
        using SqliteReadLease lease = file.Rent();
        return (ulong)lease.Number("SELECT count(*) FROM closing WHERE in_sample = 1 AND word_entry IS NULL");
    }

    public ClosingRow? Find(ulong entry)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{Select} WHERE c.entry = $1", ToRow, entry);
    }

    public bool IsNewest(ulong entry, string alertId)
    {
        using SqliteReadLease lease = file.Rent();
        return (ulong)lease.Number("SELECT ifnull(max(entry), 0) FROM closing WHERE alert_id = $1", alertId) == entry;
    }

    private static ClosingRow ToRow(SqliteDataReader row) => new()
    {
        Alert = AlertReader.ToRow(row),
        ClosingEntry = row.UInt64(First),
        ClosedAt = row.Time(First + 1),
        Actor = new Actor { Id = row.GetString(First + 2), Name = row.GetString(First + 3) },
        Reason = (CloseReason)row.GetInt32(First + 4),
        Remark = row.GetString(First + 5),
        Draw = row.UInt32(First + 6),
        Percent = row.UInt32(First + 7),
        Undone = row.Flag(First + 8),
        WordEntry = row.UInt64(First + 9),
        Agrees = row.Flag(First + 10),
        Word = row.GetString(First + 11),
        Supervisor = row.UInt64(First + 9) == 0 ? null : new Actor { Id = row.GetString(First + 12), Name = row.GetString(First + 13) },
    };
}
