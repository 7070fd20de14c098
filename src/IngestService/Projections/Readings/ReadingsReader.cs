using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

internal sealed class ReadingsReader(SqliteFile file) : IReadingQueries
{
    // Of a list's row; the station's page has all.
    private const int ListedSeries = 8;
    private const int Happenings = 200;
    private const int RuleSets = 20;

    private const string StationColumns = "SELECT station, device, producer, protocol, first_seen, last_seen, series, untabled FROM station";

    private const string SeriesColumns = """
        SELECT s.factor, s.kind, s.unit, s.readings, s.late, s.odd, s.observed, s.entry, s.ordinal, s.value, s.quality, s.marks, s.period,
            s.minimum, s.maximum, s.total, s.converted, s.agent, s.ingest, q.word
        FROM series s LEFT JOIN quality q ON q.quality = s.quality
        """;

    public IReadOnlyList<(ulong Position, StationRow Row)> List(ulong after, int count, string search)
    {
        using SqliteReadLease lease = file.Rent();
        List<(ulong Position, StationRow Row)> rows = lease.Query(
            $"{StationColumns} WHERE station > $1 AND ($3 = '' OR instr(lower(device), lower($3)) > 0) ORDER BY station LIMIT $2",
            row => (row.UInt64(0), ToStation(row)), after, count, search);
        foreach ((ulong station, StationRow row) in rows)
            row.Latest.AddRange(lease.Query(
                $"{SeriesColumns} WHERE s.station = $1 AND s.observed IS NOT NULL ORDER BY s.observed DESC, s.series LIMIT $2", ToSeries, station, ListedSeries));
        return rows;
    }

    public StationDetail? Find(string device)
    {
        using SqliteReadLease lease = file.Rent();
        var found = lease.QueryOne($"{StationColumns} WHERE device = $1", row => Tuple.Create(row.GetInt64(0), ToStation(row)), device);
        if (found is not ({ } station, { } head))
            return null;
        StationDetail detail = new() { Row = head };
        head.Latest.AddRange(lease.Query($"{SeriesColumns} WHERE s.station = $1 ORDER BY s.factor, s.kind, s.unit", ToSeries, station));
        detail.Happenings.AddRange(lease.Query(
            """
            SELECT entry, type, kind, observed, agent, ingest, text, outcome, count FROM happening WHERE station = $1 ORDER BY entry DESC LIMIT $2
            """, ToHappening, station, Happenings));
        detail.RuleSets.AddRange(lease.Query(
            """
            SELECT entry, producer, rule_set, version, decider, sha256, rules, ingest FROM rule_set
            WHERE producer = $1 OR decider = 'centre' ORDER BY entry DESC LIMIT $2
            """, ToRuleSet, head.Producer, RuleSets));
        return detail;
    }

    public ulong? RuleSetInForce(string device)
    {
        using SqliteReadLease lease = file.Rent();
        List<ulong> entries = lease.Query("""
            SELECT r.entry FROM station s JOIN rule_set r ON r.producer = s.producer WHERE s.device = $1 ORDER BY r.entry DESC LIMIT 1
            """, row => row.UInt64(0), device);
        return entries.Count == 0 ? null : entries[0];
    }

    public static Timestamp ToTimestamp(long ms) => SqliteColumns.ToTimestamp(checked(ms * 1000));

    /// <summary>A flag as its column holds it, back to the word that was sent.</summary>
    public static string Word(int quality, string? word) => quality switch
    {
        0 => "",
        < QualityTable.FirstWord => ((char)quality).ToString(),
        _ => word ?? "?",
    };

    private static StationRow ToStation(SqliteDataReader row) => new()
    {
        Device = row.GetString(1),
        Producer = row.GetString(2),
        Protocol = row.GetString(3),
        FirstSeen = ToTimestamp(row.GetInt64(4)),
        LastSeen = ToTimestamp(row.GetInt64(5)),
        SeriesCount = row.UInt32(6),
        Untabled = row.UInt64(7),
    };

    private static SeriesRow ToSeries(SqliteDataReader row)
    {
        SeriesRow series = new()
        {
            Factor = row.GetString(0), Kind = (ReadingKind)row.GetInt64(1), Unit = row.GetString(2),
            Readings = row.UInt64(3), Late = row.UInt64(4), Odd = row.UInt64(5),
        };
        if (row.Micros(6) is { } observed)
            series.Latest = ToReading(row, series, observed);
        return series;
    }

    private static StationReading ToReading(SqliteDataReader row, SeriesRow series, long observed)
    {
        ReadingMarks marks = (ReadingMarks)row.GetInt64(11);
        Reading reading = new()
        {
            Factor = series.Factor, Kind = series.Kind, Unit = series.Unit, ObservedAt = ToTimestamp(observed),
            PeriodEnd = ToTimestamp(observed + (row.GetInt64(12) * 1000)), Quality = Word(row.GetInt32(10), row.Text(19)), Ordinal = row.UInt32(8),
        };
        if (!row.IsDBNull(9))
            reading.Value = row.GetDouble(9);
        if (!row.IsDBNull(13))
            reading.Minimum = row.GetDouble(13);
        if (!row.IsDBNull(14))
            reading.Maximum = row.GetDouble(14);
        if (!row.IsDBNull(15))
            reading.Total = row.GetDouble(15);
        if (!row.IsDBNull(16))
            reading.Converted = row.GetDouble(16);
        return new StationReading
        {
            Reading = reading, EntryIndex = row.UInt64(7), Late = (marks & ReadingMarks.Late) != 0, Recalled = (marks & ReadingMarks.Recalled) != 0,
            AgentTime = Moment(row, 17), IngestTime = ToTimestamp(row.GetInt64(18)),
        };
    }

    private static StationHappening ToHappening(SqliteDataReader row)
    {
        Record.BodyOneofCase type = (Record.BodyOneofCase)row.GetInt64(1);
        return new StationHappening
        {
            EntryIndex = row.UInt64(0), Kind = Record.Descriptor.FindFieldByNumber((int)type).Name, Event = (DeviceEventKind)row.GetInt64(2),
            ObservedAt = Moment(row, 3), AgentTime = Moment(row, 4), IngestTime = ToTimestamp(row.GetInt64(5)),
            Text = row.GetString(6), Outcome = row.GetString(7), Count = row.UInt64(8),
        };
    }

    private static RuleSetRow ToRuleSet(SqliteDataReader row) => new()
    {
        EntryIndex = row.UInt64(0), Producer = row.GetString(1), RuleSet = row.GetString(2), Version = row.GetString(3),
        Decider = row.GetString(4), Sha256 = row.Bytes(5), RuleCount = row.UInt32(6), IngestTime = ToTimestamp(row.GetInt64(7)),
    };

    private static Timestamp? Moment(SqliteDataReader row, int column) => row.Micros(column) is { } ms ? ToTimestamp(ms) : null;
}
