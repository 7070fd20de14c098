using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

internal sealed class ConfigurationReportReader(SqliteFile file) : IConfigurationReports
{
    public IReadOnlyList<ConfigurationReportRow> Of(string producer, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query(
            """
            SELECT entry_index, agent_time, ingest_time, report FROM configuration_report
            WHERE producer = $1 ORDER BY entry_index DESC LIMIT $2
            """,
            row => new ConfigurationReportRow
            {
                EntryIndex = row.UInt64(0),
                AgentTime = row.Time(1),
                IngestTime = row.Time(2),
                Report = AgentConfigurationReport.Parser.ParseFrom(row.Bytes(3)),
            },
            producer, count);
    }

    public (ulong Entry, Timestamp? Time) StatusOf(string producer)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query(
            "SELECT configuration_entry, status_time FROM producer WHERE producer = $1", row => (row.UInt64(0), row.Time(1)), producer).FirstOrDefault();
    }
}
