using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

internal sealed class AlertReader(SqliteFile file) : IAlertQueries
{
    internal const int FieldCount = 27;

    internal const string Fields = """
        a.opened_index, a.alert_id, a.kind, a.severity, a.state, a.title, a.place, a.source_device, a.observed, a.ingested,
            ifnull(v.version, 0), a.retrospective, a.cleared, a.count, a.lead_id, a.lead_number, a.close_reason, a.officer,
            a.description, a.rule, a.target, a.latitude, a.longitude, a.accuracy, ifnull(r.outcome, 0), a.take_up_by, a.overdue
        """;

    internal const string Beside = "LEFT JOIN version v ON v.alert_id = a.alert_id LEFT JOIN recomputation r ON r.alert_id = a.alert_id";

    private const string Columns = $"SELECT {Fields} FROM alert a {Beside}";

    private const string EpisodeColumns = """
        SELECT a.alert_id, a.title, a.severity, a.rule, a.retrospective, ifnull(a.episode_start, a.observed), a.cleared_at, a.cause_index, a.last_cause_index
        FROM alert a
        """;

    private const string OpenLead = "a.lead_index IS NOT NULL AND a.case_id = ''";

    private const string SnapshotColumns = """
        SELECT a.alert_id, a.kind, a.state, ifnull(v.version, 0), a.lead_id, a.case_id, a.cause_index, a.source_device, ifnull(a.episode_start, a.observed), a.title, a.lead_at
        FROM alert a LEFT JOIN version v ON v.alert_id = a.alert_id
        """;

    public IReadOnlyList<(ulong Position, AlertRow Row)> List(ulong before, int count, IReadOnlyCollection<AlertState> states)
    {
        // Enum numbers from a bounded list: nothing of the caller's text gets into the statement.
        string filter = states.Count == 0 ? "" : $"AND a.state IN ({string.Join(',', states.Select(state => (int)state))})";
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"""
            {Columns} WHERE a.opened_index < $1 {filter} ORDER BY a.opened_index DESC LIMIT $2
            """, row => (row.UInt64(0), ToRow(row)), before, count);
    }

    public IReadOnlyList<AlertRow> Unacknowledged(int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"{Columns} WHERE a.state = 1 ORDER BY a.opened_index LIMIT $1", ToRow, count);
    }

    public ulong CountUnacknowledged() => Count("SELECT count(*) FROM alert a WHERE a.state = 1");

    public IReadOnlyList<AlertRow> OpenLeads(int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"{Columns} WHERE {OpenLead} ORDER BY a.lead_index DESC LIMIT $1", ToRow, count);
    }

    public ulong CountOpenLeads() => Count($"SELECT count(*) FROM alert a WHERE {OpenLead}");

    public ulong CountLeads() => Count("SELECT count(*) FROM alert a WHERE a.lead_index IS NOT NULL");

    public AlertDetail? Find(string alertId)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{Columns} WHERE a.alert_id = $1", ToDetail, alertId);
    }

    public AlertRow? FindByLead(string leadId)
    {
        if (leadId.Length == 0)
            return null;
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{Columns} WHERE a.lead_id = $1 AND a.lead_id <> ''", ToRow, leadId);
    }

    public IReadOnlyList<AlertEpisode> OfDevice(string sourceDevice, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query($"{EpisodeColumns} WHERE a.source_device = $1 ORDER BY a.opened_index DESC LIMIT $2", ToEpisode, sourceDevice, count);
    }

    public AlertEpisode? Episode(string alertId)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{EpisodeColumns} WHERE a.alert_id = $1", ToEpisode, alertId);
    }

    public ulong? Recomputation(string alertId)
    {
        using SqliteReadLease lease = file.Rent();
        List<ulong> entry = lease.Query("SELECT entry FROM recomputation WHERE alert_id = $1", row => row.UInt64(0), alertId);
        return entry.Count == 0 ? null : entry[0];
    }

    public IReadOnlyDictionary<string, (uint Count, AlertSeverity Worst)> OpenByDevice()
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query(
            "SELECT source_device, count(*), max(severity) FROM alert WHERE cleared = 0 AND state <> 3 GROUP BY source_device",
            row => (Device: row.GetString(0), Open: (row.UInt32(1), (AlertSeverity)row.GetInt32(2))))
            .ToDictionary(pair => pair.Device, pair => pair.Open, StringComparer.Ordinal);
    }

    public AlertSnapshot? Snapshot(string alertId)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{SnapshotColumns} WHERE a.alert_id = $1", ToSnapshot, alertId);
    }

    public AlertSnapshot? SnapshotByLead(string leadId)
    {
        if (leadId.Length == 0)
            return null;
        using SqliteReadLease lease = file.Rent();
        return lease.QueryOne($"{SnapshotColumns} WHERE a.lead_id = $1 AND a.lead_id <> ''", ToSnapshot, leadId);
    }

    public IReadOnlyList<DueAlert> Due(long nowMicros, int count)
    {
        using SqliteReadLease lease = file.Rent();
        return lease.Query("""
            SELECT alert_id, take_up_by, take_up_rules FROM alert WHERE overdue = 0 AND take_up_by <= $1 ORDER BY take_up_by, alert_id LIMIT $2
            """, row => new DueAlert(row.GetString(0), row.GetInt64(1), row.UInt64(2)), nowMicros, count);
    }

    public ulong CountOverdue() => Count("SELECT count(*) FROM alert WHERE overdue = 1 AND take_up_by IS NOT NULL");

    private ulong Count(string sql)
    {
        using SqliteReadLease lease = file.Rent();
        return (ulong)lease.Number(sql);
    }

    private static AlertEpisode ToEpisode(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), (AlertSeverity)row.GetInt32(2), row.GetString(3), row.Flag(4), row.Micros(5), row.Micros(6),
        row.IsDBNull(7) ? null : row.UInt64(7), row.IsDBNull(8) ? null : row.UInt64(8));

    private static AlertSnapshot ToSnapshot(SqliteDataReader row) => new(
        row.GetString(0), (AlertKind)row.GetInt32(1), (AlertState)row.GetInt32(2), row.UInt64(3), row.GetString(4),
        row.GetString(5))
    {
        LeadAt = row.Time(10),
        Report = row.IsDBNull(6) ? null : new EvidenceSource
        {
            Key = "record/" + row.UInt64(6).ToString(System.Globalization.CultureInfo.InvariantCulture),
            EntryIndex = row.UInt64(6), DeviceId = row.GetString(7), CapturedAt = row.Time(8), Title = row.GetString(9),
        },
    };

    private static AlertDetail ToDetail(SqliteDataReader row) => new()
    {
        Row = ToRow(row),
        Description = row.GetString(18),
        Rule = row.GetString(19),
        Target = row.GetString(20),
        Position = row.IsDBNull(21) || row.IsDBNull(22)
            ? null
            : new Position
            {
                Latitude = row.GetDouble(21),
                Longitude = row.GetDouble(22),
                AccuracyM = row.IsDBNull(23) ? 0 : row.GetDouble(23),
            },
    };

    internal static AlertRow ToRow(SqliteDataReader row) => new()
    {
        AlertId = row.GetString(1),
        Kind = (AlertKind)row.GetInt32(2),
        Severity = (AlertSeverity)row.GetInt32(3),
        State = (AlertState)row.GetInt32(4),
        Title = row.GetString(5),
        Place = row.GetString(6),
        SourceDevice = row.GetString(7),
        ObservedAt = row.Time(8),
        IngestedAt = row.Time(9),
        Version = row.UInt64(10),
        Retrospective = row.Flag(11),
        Cleared = row.Flag(12),
        Count = row.UInt32(13),
        LeadId = row.GetString(14),
        LeadNumber = row.GetString(15),
        CloseReason = (CloseReason)row.GetInt32(16),
        Officer = row.GetString(17),
        Recomputed = (RecomputeOutcome)row.GetInt32(24),
        AcknowledgeBy = row.Time(25),
        Overdue = row.Flag(26),
    };
}
