using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// A batch's readings are packed into rows, sorted by key and written in one run: each page is touched once. Then the tracks it touched get their
/// roll-ups, and the series their latest readings.
/// </summary>
internal sealed class ReadingsTables : IProjectionTables
{
    // A batch of large records is written in pieces; memory stays small.
    private const int BytesInMemory = 8 << 20;

    private readonly StatementSet _statements;
    private readonly SqliteStatement _moveClock;
    private readonly SqliteStatement _dropOdd;
    private readonly BulkStatement _odd;
    private readonly StationTable _stations;
    private readonly SeriesTable _series;
    private readonly TrackTable _tracks;
    private readonly QualityTable _qualities;
    private readonly HappeningTable _happenings;
    private readonly MonthTables _months;
    private readonly RollUps _rollUps;
    private readonly int _rawMonths;
    private readonly List<PackedRow> _rows = [];
    private readonly PackBuffer _pack = new();
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
        _tracks = new TrackTable(writer);
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
        // By entries of our own only, erased or whole: others are applied or passed over as it happens.
        if (ReadingsProjection.IsOurs((Record.BodyOneofCase)entry.Leaf.Type) && (entry.Leaf.Flags & (LeafFlags.Conflict | LeafFlags.Quarantined)) == 0)
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

    public bool MayHold(IReadOnlyList<IndexRange> entries) => _months.MayHold(entries) || _happenings.MayHold(entries);

    public void EndBatch()
    {
        WriteRows();
        foreach (Track track in _tracks.Touched)
            _rollUps.Update(track);
        _tracks.Flush();
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
        _tracks.Dispose();
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
        if (_pack.Length >= BytesInMemory)
            WriteRows();
    }

    private void Take(ProjectedEntry entry, StationState station, (Reading Reading, int Place) at, BatchClocks clocks, int horizon)
    {
        ReadingKind kind = ReadingRow.KindOf(at.Reading);
        if (_series.Find(station, at.Reading.Factor, kind, at.Reading.Unit) is not { } series)
        {
            station.Untabled++;
            return;
        }

        ReadingRow reading = ReadingRow.Of(at.Reading, entry.Index, clocks.Ingest);
        reading.Series = series.Id;
        reading.Ordinal = at.Place; // as the wire has it, whatever the field says: no two readings of a batch have one key
        reading.Quality = _qualities.NumberOf(at.Reading.Quality);
        series.Readings++;
        series.Late += (reading.Marks & ReadingMarks.Late) != 0 ? 1 : 0;
        bool future = reading.Observed > clocks.Ingest + ReadingLimits.FutureMs;
        if (!future && LatestReading.IsNewer(reading, entry.Leaf.Epoch, entry.Leaf.Sequence, series.Latest))
            series.Latest = new LatestReading(reading, entry.Leaf.Epoch, entry.Leaf.Sequence, clocks.Agent, clocks.Ingest);

        if (future || reading.Observed < CivilCalendar.Start(horizon))
        {
            series.Odd++;
            PutOdd(reading, clocks.Ingest);
            return;
        }
        Pack(station, kind, reading);
    }

    // Readings of one message that share time, period and marks, one after the other, are one row.
    private void Pack(StationState station, ReadingKind kind, in ReadingRow reading)
    {
        int offset = _pack.Length;
        if (_rows.Count > 0 && _rows[^1] is var last && last.Entry == reading.Entry && last.Kind == kind && last.Observed == reading.Observed
            && last.PeriodSeconds == reading.PeriodSeconds && last.Marks == reading.Marks)
        {
            ReadingPack.Write(_pack, reading, last.Ordinal);
            _rows[^1] = last with { Length = last.Length + _pack.Length - offset };
            return;
        }
        ReadingPack.Write(_pack, reading, reading.Ordinal);
        _tracks.Find(station.Id, kind).Take(reading.Observed);
        _rows.Add(new PackedRow(
            CivilCalendar.Month(reading.Observed), station.Id, kind, reading.Observed, reading.Entry, reading.Ordinal,
            reading.PeriodSeconds, reading.Marks, offset, _pack.Length - offset));
    }

    private void PutOdd(in ReadingRow reading, long ingest) => _odd
        .Bind(1, reading.Series).Bind(2, reading.Observed).Bind(3, reading.Entry).Bind(4, reading.Ordinal).Bind(5, reading.Value)
        .Bind(6, reading.Quality).Bind(7, (long)reading.Marks).Bind(8, reading.PeriodSeconds).Bind(9, reading.Minimum).Bind(10, reading.Maximum)
        .Bind(11, reading.Total).Bind(12, reading.Converted).Bind(13, reading.ConvertedMinimum).Bind(14, reading.ConvertedMaximum).Bind(15, ingest).Run();

    private void WriteRows()
    {
        _rows.Sort(PackedRow.CompareKeys);
        foreach (PackedRow row in _rows)
            _months.Insert(row, _pack.Slice(row.Offset, row.Length));
        _rows.Clear();
        _pack.Clear();
    }

    // The evidence stays in the ledger: what is dropped here can be folded again from it, with a longer retention.
    private void DropOldMonths()
    {
        int horizon = CivilCalendar.Month(_clock) - _rawMonths;
        if (horizon == _horizon)
            return;
        long start = CivilCalendar.Start(horizon);
        if (_months.Months.Any(month => month < horizon))
            foreach (Track track in _tracks.All)
                _rollUps.CloseBefore(track, start);
        _months.DropBefore(horizon);
        _dropOdd.Run(start);
        _happenings.DropBefore(start);
        _horizon = horizon;
    }
}
