using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// A batch's readings are gathered, sorted by key and written in one run; then the series it touched get their roll-ups and latest readings.
/// </summary>
internal sealed class ReadingsTables : IProjectionTables
{
    // A batch of large records is written in pieces; memory stays small.
    private const int RowsInMemory = 65_536;

    private readonly StatementSet _statements;
    private readonly SqliteStatement _moveClock;
    private readonly SqliteStatement _dropOdd;
    private readonly BulkStatement _odd;
    private readonly StationTable _stations;
    private readonly SeriesTable _series;
    private readonly QualityTable _qualities;
    private readonly HappeningTable _happenings;
    private readonly MonthTables _months;
    private readonly RollUps _rollUps;
    private readonly int _rawMonths;
    private readonly List<(int Month, ReadingRow Row)> _rows = [];
    private long _clock;
    private int _horizon;

    /// <param name="writer">The file, its schema in place.</param>
    /// <param name="rawMonths">Whole civil months of readings kept beside the one that runs.</param>
    public ReadingsTables(SqliteConnection writer, int rawMonths)
    {
        _rawMonths = rawMonths;
        _statements = new StatementSet(writer);
        _moveClock = _statements.Prepare("UPDATE clock SET ingest = $1");
        _dropOdd = _statements.Prepare("DELETE FROM odd_reading WHERE ingest < $1");
        _odd = new BulkStatement(writer, "INSERT OR REPLACE INTO odd_reading VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        _stations = new StationTable(writer);
        _series = new SeriesTable(writer);
        _qualities = new QualityTable(writer);
        _happenings = new HappeningTable(writer);
        _months = new MonthTables(writer);
        _months.Load();
        _rollUps = new RollUps(writer, _months);
        _clock = _statements.Prepare("SELECT ingest FROM clock").Number() ?? 0;
        _horizon = CivilCalendar.Month(_clock) - rawMonths;
    }

    public void Apply(ProjectedEntry entry)
    {
        // By entries of our own only: others come or not as they happen to lie beside them, erased or whole.
        if (ReadingsProjection.IsOurs((Record.BodyOneofCase)entry.Leaf.Type))
            _clock = Math.Max(_clock, entry.IngestMicros / 1000);
        switch (entry.Record)
        {
            case { ReadingBatch: { } batch }:
                Take(entry, batch);
                break;
            case { DeviceEvent: { } happened } record:
                _happenings.Add(Seen(entry, record, happened.Protocol), entry, happened);
                break;
            case { DeviceExchange: { } exchange } record:
                _happenings.Add(Seen(entry, record, exchange.Protocol), entry, exchange);
                break;
            case { RuleSetActivated: { } activated }:
                _happenings.Add(entry, activated);
                break;
        }
    }

    public void EndBatch()
    {
        WriteRows();
        foreach (SeriesState series in _series.Touched)
            _rollUps.Update(series);
        _series.Flush();
        _stations.Flush();
        _moveClock.Run(_clock);
        DropOldMonths();
    }

    public void Dispose()
    {
        _rollUps.Dispose();
        _months.Dispose();
        _happenings.Dispose();
        _qualities.Dispose();
        _series.Dispose();
        _stations.Dispose();
        _odd.Dispose();
        _statements.Dispose();
    }

    private StationState Seen(ProjectedEntry entry, Record record, string protocol) => _stations.Seen(
        record.SourceDevice.Length > 0 ? record.SourceDevice : entry.Leaf.Producer, entry.Leaf.Producer, protocol, entry.IngestMicros / 1000);

    private void Take(ProjectedEntry entry, ReadingBatch batch)
    {
        Record record = entry.Record!; // it is the batch's
        long ingest = entry.IngestMicros / 1000;
        StationState station = Seen(entry, record, batch.Protocol);
        BatchClocks clocks = new(
            ReadingRow.Milliseconds(SqliteColumns.ToMicros(record.Time?.DeviceTime_)), ReadingRow.Milliseconds(SqliteColumns.ToMicros(record.Time?.ClockOffset)),
            ReadingRow.Milliseconds(SqliteColumns.ToMicros(record.Time?.AgentTime)), ingest);
        _months.InsertBatch(CivilCalendar.Month(ingest), (long)entry.Index, station.Id, clocks);

        // By the newest ingest time met, as it was at this entry: where a reading goes must not depend on the batch it is applied in.
        int horizon = CivilCalendar.Month(_clock) - _rawMonths;
        for (int place = 0; place < batch.Readings.Count; place++)
            Take(entry, station, (batch.Readings[place], place), clocks, horizon);
        if (_rows.Count >= RowsInMemory)
            WriteRows();
    }

    private void Take(ProjectedEntry entry, StationState station, (Reading Reading, int Place) at, BatchClocks clocks, int horizon)
    {
        if (_series.Find(station, at.Reading.Factor, ReadingRow.KindOf(at.Reading), at.Reading.Unit) is not { } series)
        {
            station.Untabled++;
            return;
        }

        ReadingRow row = ReadingRow.Of(at.Reading, entry.Index, clocks.Ingest);
        row.Ordinal = at.Place; // as the wire has it, whatever the field says: no two rows of a batch have one key
        row.Series = series.Id;
        row.Quality = _qualities.NumberOf(at.Reading.Quality);
        series.Readings++;
        series.Late += (row.Marks & ReadingMarks.Late) != 0 ? 1 : 0;
        bool future = row.Observed > clocks.Ingest + ReadingLimits.FutureMs;
        if (!future && LatestReading.IsNewer(row, entry.Leaf.Epoch, entry.Leaf.Sequence, series.Latest))
            series.Latest = new LatestReading(row, entry.Leaf.Epoch, entry.Leaf.Sequence, clocks.Agent, clocks.Ingest);

        if (future || row.Observed < CivilCalendar.Start(horizon))
        {
            series.Odd++;
            MonthTables.Bind(_odd, row).Bind(15, clocks.Ingest).Run();
            return;
        }
        series.Take(row.Observed);
        _rows.Add((CivilCalendar.Month(row.Observed), row));
    }

    private void WriteRows()
    {
        _rows.Sort(static (left, right) => left.Month != right.Month ? left.Month.CompareTo(right.Month) : ReadingRow.CompareKeys(left.Row, right.Row));
        foreach ((int month, ReadingRow row) in _rows)
            _months.Insert(month, row);
        _rows.Clear();
    }

    // The evidence stays in the ledger: what is dropped here can be folded again from it, with a longer retention.
    private void DropOldMonths()
    {
        int horizon = CivilCalendar.Month(_clock) - _rawMonths;
        if (horizon == _horizon)
            return;
        long start = CivilCalendar.Start(horizon);
        if (_months.Months.Any(month => month < horizon))
            foreach (SeriesState series in _series.All)
                _rollUps.CloseBefore(series, start);
        _months.DropBefore(horizon);
        _dropOdd.Run(start);
        _happenings.DropBefore(start);
        _horizon = horizon;
    }
}
