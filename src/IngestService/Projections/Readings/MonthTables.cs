using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>The tables of each month there is: readings, their minutes, batches. The writer's; made when they are needed, dropped whole.</summary>
/// <remarks>
/// A row is what one message says of one instant, with all its factors; rows are clustered by (station, kind, observed). One row a reading,
/// clustered by series, was tried first: every transaction then writes a page for each of tens of thousands of series, and the writing of
/// pages was three quarters of the cost (docs/benchmarks).
/// </remarks>
internal sealed class MonthTables(SqliteConnection writer) : IDisposable
{
    private const string Reading = "reading_", Minute = "minute_", Batch = "batch_";

    private const string ReadingColumns = """
        station INTEGER NOT NULL, kind INTEGER NOT NULL, observed INTEGER NOT NULL, entry INTEGER NOT NULL, ordinal INTEGER NOT NULL,
        period INTEGER NOT NULL, marks INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (station, kind, observed, entry, ordinal)
        """;

    private const string MinuteColumns =
        "station INTEGER NOT NULL, kind INTEGER NOT NULL, bucket INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (station, kind, bucket)";

    // A device that sent nothing of the kind has NULL; clock_offset: device minus agent clock as the agent measured it, milliseconds.
    private const string BatchColumns = """
        entry INTEGER PRIMARY KEY, station INTEGER NOT NULL, sent INTEGER, clock_offset INTEGER, agent INTEGER, ingest INTEGER NOT NULL
        """;

    private readonly SortedDictionary<int, Month> _months = [];
    private readonly SortedDictionary<int, BulkStatement> _batches = [];

    /// <summary>Months with readings, oldest first.</summary>
    public IEnumerable<int> Months => _months.Keys;

    /// <summary>What is there already.</summary>
    public void Load()
    {
        foreach (string name in Names(writer))
            if (name.StartsWith(Reading, StringComparison.Ordinal))
                Open(CivilCalendar.Parse(name[Reading.Length..]));
            else if (name.StartsWith(Batch, StringComparison.Ordinal))
                OpenBatch(CivilCalendar.Parse(name[Batch.Length..]));
    }

    public void Insert(in PackedRow row, ReadOnlySpan<byte> content)
    {
        if (!_months.TryGetValue(row.Month, out Month? month))
        {
            SqliteFile.Execute(writer, $"""
                CREATE TABLE {Reading}{CivilCalendar.Name(row.Month)} ({ReadingColumns}) WITHOUT ROWID;
                CREATE TABLE {Minute}{CivilCalendar.Name(row.Month)} ({MinuteColumns}) WITHOUT ROWID;
                """);
            month = Open(row.Month);
        }
        month.Insert.Bind(1, row.Station).Bind(2, (long)row.Kind).Bind(3, row.Observed).Bind(4, row.Entry).Bind(5, row.Ordinal)
            .Bind(6, row.PeriodSeconds).Bind(7, (long)row.Marks).Bind(8, content).Run();
    }

    public void InsertBatch(int month, long entry, long station, BatchClocks clocks)
    {
        if (!_batches.TryGetValue(month, out BulkStatement? insert))
        {
            SqliteFile.Execute(writer, $"CREATE TABLE {Batch}{CivilCalendar.Name(month)} ({BatchColumns})");
            insert = OpenBatch(month);
        }
        insert.Bind(1, entry).Bind(2, station).Bind(3, clocks.Sent).Bind(4, clocks.Offset).Bind(5, clocks.Agent).Bind(6, clocks.Ingest).Run();
    }

    public void WriteMinute(Track track, long bucket, ReadOnlySpan<byte> content) =>
        RowScan.Write(_months[CivilCalendar.Month(bucket)].PutMinute, track, bucket, content);

    /// <summary>Rows of one track in [from, to), by observed, entry, ordinal; months that are not there are passed over. Each is read to its end.</summary>
    public IEnumerable<BulkStatement> Rows(Track track, long from, long to) =>
        Between(from, to).Select(month => RowScan.Begin(month.Rows, track.Station, (long)track.Kind, from, to));

    /// <summary>Minutes of one track that begin in [from, to).</summary>
    public IEnumerable<BulkStatement> Minutes(Track track, long from, long to) =>
        Between(from, to).Select(month => RowScan.Begin(month.Minutes, track.Station, (long)track.Kind, from, to));

    /// <summary>
    /// Every message in the tables has its row among the batches. Of those before the oldest that is kept only roll-ups may be left, which do not say
    /// whose they are: they may be.
    /// </summary>
    public bool MayHold(IReadOnlyList<IndexRange> entries)
    {
        if (_batches.Count == 0)
            return false;
        using StatementSet once = new(writer);
        long oldest = once.Prepare($"SELECT min(entry) FROM {Batch}{CivilCalendar.Name(_batches.Keys.First())}").Number() ?? 0;
        if (entries.Any(range => range.First < (ulong)oldest))
            return true;
        foreach (int month in _batches.Keys)
        {
            SqliteStatement find = once.Prepare($"SELECT 1 FROM {Batch}{CivilCalendar.Name(month)} WHERE entry BETWEEN $1 AND $2 LIMIT 1");
            if (entries.Any(range => find.Exists(range.First, range.Last)))
                return true;
        }
        return false;
    }

    public void DropBefore(int month)
    {
        foreach (int old in _months.Keys.Where(m => m < month).ToArray())
        {
            _months[old].Dispose();
            _months.Remove(old);
            SqliteFile.Execute(writer, $"DROP TABLE {Reading}{CivilCalendar.Name(old)}; DROP TABLE {Minute}{CivilCalendar.Name(old)};");
        }
        // A reading may be a day ahead of its batch, so a batch's month is kept one longer.
        foreach (int old in _batches.Keys.Where(m => m < month - 1).ToArray())
        {
            _batches[old].Dispose();
            _batches.Remove(old);
            SqliteFile.Execute(writer, $"DROP TABLE {Batch}{CivilCalendar.Name(old)}");
        }
    }

    public void Dispose()
    {
        foreach (IDisposable statements in _months.Values.Cast<IDisposable>().Concat(_batches.Values))
            statements.Dispose();
    }

    private static List<string> Names(SqliteConnection connection)
    {
        using StatementSet once = new(connection);
        return once.Prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").Query(row => row.GetString(0));
    }

    private IEnumerable<Month> Between(long from, long to)
    {
        if (to <= from)
            return [];
        int first = CivilCalendar.Month(from), last = CivilCalendar.Month(to - 1);
        if (first != last)
            return _months.Where(month => month.Key >= first && month.Key <= last).Select(month => month.Value);
        return _months.TryGetValue(first, out Month? only) ? [only] : [];
    }

    private Month Open(int month)
    {
        string name = CivilCalendar.Name(month);
        return _months[month] = new Month(
            new BulkStatement(writer, $"INSERT OR REPLACE INTO {Reading}{name} VALUES (?,?,?,?,?,?,?,?)"),
            new BulkStatement(writer, RowScan.Upsert(Minute + name)),
            new BulkStatement(writer, RowScan.OfReadings(Reading + name)),
            new BulkStatement(writer, RowScan.OfRollUps(Minute + name)));
    }

    private BulkStatement OpenBatch(int month) =>
        _batches[month] = new BulkStatement(writer, $"INSERT OR REPLACE INTO {Batch}{CivilCalendar.Name(month)} VALUES (?,?,?,?,?,?)");

    private sealed record Month(BulkStatement Insert, BulkStatement PutMinute, BulkStatement Rows, BulkStatement Minutes) : IDisposable
    {
        public void Dispose()
        {
            foreach (BulkStatement statement in new[] { Insert, PutMinute, Rows, Minutes })
                statement.Dispose();
        }
    }
}
