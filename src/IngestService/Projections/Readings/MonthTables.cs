using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// The tables of each month there is: readings, their minutes, batches. The writer's; made when they are needed, dropped whole.
/// </summary>
/// <remarks>
/// Readings are clustered by (series, observed): a chart reads one run of pages, and a batch sorted by key touches each page once. A table
/// in the order of arrival with an index beside it writes the same pages of the index and the rows as well.
/// </remarks>
internal sealed class MonthTables(SqliteConnection writer) : IDisposable
{
    private const string Reading = "reading_", Minute = "minute_", Batch = "batch_";

    private const string ReadingColumns = """
        series INTEGER NOT NULL, observed INTEGER NOT NULL, entry INTEGER NOT NULL, ordinal INTEGER NOT NULL,
        value REAL, quality INTEGER NOT NULL, marks INTEGER NOT NULL, period INTEGER NOT NULL,
        minimum REAL, maximum REAL, total REAL, converted REAL, converted_minimum REAL, converted_maximum REAL,
        PRIMARY KEY (series, observed, entry, ordinal)
        """;

    private const string MinuteColumns = """
        series INTEGER NOT NULL, bucket INTEGER NOT NULL, normal INTEGER NOT NULL, sum REAL NOT NULL, minimum REAL, maximum REAL,
        flag_none INTEGER NOT NULL, flag_f INTEGER NOT NULL, flag_m INTEGER NOT NULL, flag_s INTEGER NOT NULL, flag_d INTEGER NOT NULL,
        flag_c INTEGER NOT NULL, flag_t INTEGER NOT NULL, flag_b INTEGER NOT NULL, flag_other INTEGER NOT NULL,
        late INTEGER NOT NULL, recalled INTEGER NOT NULL, other_minimum REAL, other_maximum REAL,
        PRIMARY KEY (series, bucket)
        """;

    // A device that sent nothing of the kind has NULL; clock_offset: device minus agent clock as the agent measured it, milliseconds.
    private const string BatchColumns = """
        entry INTEGER PRIMARY KEY, station INTEGER NOT NULL, sent INTEGER, clock_offset INTEGER, agent INTEGER, ingest INTEGER NOT NULL
        """;

    private readonly SortedDictionary<int, BulkStatement> _readings = [];
    private readonly SortedDictionary<int, BulkStatement> _minutes = [];
    private readonly SortedDictionary<int, BulkStatement> _batches = [];
    private readonly Dictionary<int, BulkStatement> _readingScans = [];
    private readonly Dictionary<int, BulkStatement> _minuteScans = [];

    /// <summary>What is there already.</summary>
    public void Load()
    {
        foreach (string name in Names(writer))
            if (name.StartsWith(Reading, StringComparison.Ordinal))
                OpenMonth(CivilCalendar.Parse(name[Reading.Length..]));
            else if (name.StartsWith(Batch, StringComparison.Ordinal))
                OpenBatch(CivilCalendar.Parse(name[Batch.Length..]));
    }

    public static string ReadingTable(int month) => Reading + CivilCalendar.Name(month);

    public static string MinuteTable(int month) => Minute + CivilCalendar.Name(month);

    public static string BatchTable(int month) => Batch + CivilCalendar.Name(month);

    public void Insert(int month, in ReadingRow row)
    {
        if (!_readings.TryGetValue(month, out BulkStatement? insert))
        {
            SqliteFile.Execute(writer, $"CREATE TABLE {ReadingTable(month)} ({ReadingColumns}) WITHOUT ROWID; CREATE TABLE {MinuteTable(month)} ({MinuteColumns}) WITHOUT ROWID;");
            insert = OpenMonth(month);
        }
        Bind(insert, row).Run();
    }

    public void InsertBatch(int month, long entry, long station, BatchClocks clocks)
    {
        if (!_batches.TryGetValue(month, out BulkStatement? insert))
        {
            SqliteFile.Execute(writer, $"CREATE TABLE {BatchTable(month)} ({BatchColumns})");
            insert = OpenBatch(month);
        }
        insert.Bind(1, entry).Bind(2, station);
        BindTime(insert, 3, clocks.Sent);
        BindTime(insert, 4, clocks.Offset);
        BindTime(insert, 5, clocks.Agent);
        insert.Bind(6, clocks.Ingest).Run();
    }

    /// <summary>Months with readings, oldest first.</summary>
    public IEnumerable<int> Months => _readings.Keys;

    /// <summary>Readings of one series in [from, to), by observed, entry, ordinal; months that are not there are passed over.</summary>
    public IEnumerable<ReadingRow> Read(long series, long from, long to)
    {
        foreach (int month in MonthsBetween(from, to))
        {
            BulkStatement scan = _readingScans[month];
            scan.Bind(1, series).Bind(2, from).Bind(3, to);
            while (scan.Next())
                yield return ReadingScan.Row(scan);
        }
    }

    /// <summary>Minutes of one series that begin in [from, to).</summary>
    public IEnumerable<RollUpRow> ReadMinutes(long series, long from, long to)
    {
        foreach (int month in MonthsBetween(from, to))
        {
            BulkStatement scan = _minuteScans[month];
            scan.Bind(1, series).Bind(2, from).Bind(3, to);
            while (scan.Next())
                yield return RollUpScan.Row(scan);
        }
    }

    public void WriteMinute(long series, in RollUpRow row) => RollUpScan.Bind(_minutes[CivilCalendar.Month(row.Bucket)], series, row).Run();

    public void DropBefore(int month)
    {
        foreach (int old in _readings.Keys.Where(m => m < month).ToArray())
        {
            foreach (IDictionary<int, BulkStatement> statements in new IDictionary<int, BulkStatement>[] { _readings, _minutes, _readingScans, _minuteScans })
                Close(statements, old);
            SqliteFile.Execute(writer, $"DROP TABLE {ReadingTable(old)}; DROP TABLE {MinuteTable(old)};");
        }
        // A reading may be a day ahead of its batch, so a batch's month is kept one longer.
        foreach (int old in _batches.Keys.Where(m => m < month - 1).ToArray())
        {
            Close(_batches, old);
            SqliteFile.Execute(writer, $"DROP TABLE {BatchTable(old)}");
        }
    }

    public void Dispose()
    {
        foreach (BulkStatement statement in _readings.Values.Concat(_minutes.Values).Concat(_batches.Values).Concat(_readingScans.Values).Concat(_minuteScans.Values))
            statement.Dispose();
    }

    public static BulkStatement Bind(BulkStatement insert, in ReadingRow row) => insert
        .Bind(1, row.Series).Bind(2, row.Observed).Bind(3, row.Entry).Bind(4, row.Ordinal)
        .Bind(5, row.Value).Bind(6, row.Quality).Bind(7, (long)row.Marks).Bind(8, row.PeriodSeconds)
        .Bind(9, row.Minimum).Bind(10, row.Maximum).Bind(11, row.Total)
        .Bind(12, row.Converted).Bind(13, row.ConvertedMinimum).Bind(14, row.ConvertedMaximum);

    private static List<string> Names(SqliteConnection connection)
    {
        using StatementSet once = new(connection);
        return once.Prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").Query(row => row.GetString(0));
    }

    private IEnumerable<int> MonthsBetween(long from, long to)
    {
        if (to <= from || _readings.Count == 0)
            yield break;
        int first = CivilCalendar.Month(from), last = CivilCalendar.Month(to - 1);
        if (first == last)
        {
            if (_readings.ContainsKey(first))
                yield return first;
            yield break;
        }
        foreach (int month in _readings.Keys)
            if (month >= first && month <= last)
                yield return month;
    }

    private BulkStatement OpenMonth(int month)
    {
        _minutes[month] = new BulkStatement(writer, RollUpScan.Upsert(MinuteTable(month)));
        _readingScans[month] = new BulkStatement(writer, ReadingScan.Sql(ReadingTable(month)));
        _minuteScans[month] = new BulkStatement(writer, RollUpScan.Sql(MinuteTable(month)));
        return _readings[month] = new BulkStatement(writer, $"INSERT OR REPLACE INTO {ReadingTable(month)} VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    }

    private BulkStatement OpenBatch(int month) =>
        _batches[month] = new BulkStatement(writer, $"INSERT OR REPLACE INTO {BatchTable(month)} VALUES (?,?,?,?,?,?)");

    private static void Close(IDictionary<int, BulkStatement> statements, int month)
    {
        if (statements.Remove(month, out BulkStatement? statement))
            statement.Dispose();
    }

    private static void BindTime(BulkStatement statement, int parameter, long? value)
    {
        if (value is { } there)
            statement.Bind(parameter, there);
        else
            statement.BindNull(parameter);
    }
}
