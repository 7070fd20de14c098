using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

internal sealed class FleetReader(SqliteFile file) : IFleetQueries
{
    public IReadOnlyList<FleetRow> List()
    {
        using SqliteReadLease lease = file.Rent();
        List<FleetRow> rows = lease.Query(
            """
            SELECT producer, display_name, epoch, last_seen, records, unsent_records, conflicts, storage, storage_permille
            FROM producer ORDER BY producer
            """,
            row => new FleetRow
            {
                Producer = row.GetString(0),
                DisplayName = row.GetString(1),
                Epoch = row.UInt32(2),
                LastSeen = row.Time(3),
                Records = row.UInt64(4),
                UnsentRecords = row.UInt64(5),
                Conflicts = row.UInt64(6),
                Storage = (StorageState)row.GetInt64(7),
                StorageUsedPercent = row.GetInt64(8) / 10.0,
            });
        ILookup<string, FleetBay> bays = Bays(lease);
        ILookup<Numbering, (ulong First, ulong Last)> certified = Ranges(lease, "certificate");
        ILookup<string, IGrouping<Numbering, (ulong First, ulong Last)>> missing =
            Ranges(lease, "gap").ToLookup(group => group.Key.Producer);
        Dictionary<string, string> reasons = Reasons(lease);
        foreach (FleetRow row in rows)
        {
            row.Bays.AddRange(bays[row.Producer]);
            foreach (IGrouping<Numbering, (ulong First, ulong Last)> group in missing[row.Producer])
            {
                ulong unexplained = SequenceRanges.CountUnexplained(group, certified[group.Key]);
                row.Gaps += unexplained;
                row.ExplainedGaps += SequenceRanges.CountUnexplained(group, []) - unexplained;
            }

            if (row.ExplainedGaps > 0)
                row.Explanation = reasons.GetValueOrDefault(row.Producer, "");
        }

        return rows;
    }

    private static Dictionary<string, string> Reasons(SqliteReadLease lease) => lease.Query(
        """
        SELECT producer, reason FROM certificate
        WHERE entry_index IN (SELECT max(entry_index) FROM certificate GROUP BY producer)
        """,
        row => (Producer: row.GetString(0), Reason: row.GetString(1))).ToDictionary(pair => pair.Producer, pair => pair.Reason);

    private static ILookup<string, FleetBay> Bays(SqliteReadLease lease) => lease.Query(
        "SELECT producer, bay, state, recorder, files_total, files_done, remark FROM bay ORDER BY producer, bay",
        row => (Producer: row.GetString(0), Bay: new FleetBay
        {
            Bay = row.UInt32(1),
            State = row.GetString(2),
            Recorder = row.GetString(3),
            FilesTotal = row.UInt32(4),
            FilesDone = row.UInt32(5),
            Remark = row.GetString(6),
        })).ToLookup(pair => pair.Producer, pair => pair.Bay);

    private static ILookup<Numbering, (ulong First, ulong Last)> Ranges(SqliteReadLease lease, string table) => lease.Query(
        $"SELECT producer, epoch, class, first, last FROM {table}",
        row => (Key: new Numbering(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), First: row.UInt64(3), Last: row.UInt64(4)))
        .ToLookup(range => range.Key, range => (range.First, range.Last));

    private sealed record Numbering(string Producer, long Epoch, long RecordClass);
}
