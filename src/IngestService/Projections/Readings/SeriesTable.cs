using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Series by station, factor, kind and unit, numbered in the order in which they were first met; their counters and latest readings.</summary>
internal sealed class SeriesTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _add;
    private readonly BulkStatement _update;
    private readonly Dictionary<Key, SeriesState> _series = [];
    private readonly List<SeriesState> _touched = [];

    public SeriesTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _add = _statements.Prepare("INSERT INTO series (series, station, factor, kind, unit, readings, late, odd) VALUES ($1, $2, $3, $4, $5, 0, 0, 0)");
        _update = new BulkStatement(writer, """
            UPDATE series SET readings = ?2, late = ?3, odd = ?4, observed = ?5, epoch = ?6, sequence = ?7, entry = ?8, ordinal = ?9,
                value = ?10, quality = ?11, marks = ?12, period = ?13, minimum = ?14, maximum = ?15, total = ?16, converted = ?17, agent = ?18, ingest = ?19
            WHERE series = ?1
            """);
        _statements.Prepare("SELECT * FROM series").Query(Load);
    }

    /// <summary>Null when the station has as many as it may have.</summary>
    public SeriesState? Find(StationState station, string factor, ReadingKind kind, string unit)
    {
        Key key = new(station.Id, factor, kind, unit);
        if (!_series.TryGetValue(key, out SeriesState? series))
        {
            if (station.SeriesCount >= ReadingLimits.SeriesPerStation)
                return null;
            station.SeriesCount++;
            _series.Add(key, series = new SeriesState(_series.Count + 1));
            _add.Run(series.Id, station.Id, factor, (long)kind, unit);
        }
        if (!series.IsTouched)
        {
            series.IsTouched = true;
            _touched.Add(series);
        }
        return series;
    }

    public void Flush()
    {
        foreach (SeriesState series in _touched)
        {
            Write(series);
            series.IsTouched = false;
        }
        _touched.Clear();
    }

    public void Dispose()
    {
        _update.Dispose();
        _statements.Dispose();
    }

    private void Write(SeriesState series)
    {
        _update.Bind(1, series.Id).Bind(2, series.Readings).Bind(3, series.Late).Bind(4, series.Odd);
        if (series.Latest is { } latest)
        {
            ReadingRow row = latest.Row;
            _update.Bind(5, row.Observed).Bind(6, latest.Epoch).Bind(7, unchecked((long)latest.Sequence)).Bind(8, row.Entry).Bind(9, row.Ordinal)
                .Bind(10, row.Value).Bind(11, row.Quality).Bind(12, (long)row.Marks).Bind(13, row.PeriodSeconds)
                .Bind(14, row.Minimum).Bind(15, row.Maximum).Bind(16, row.Total).Bind(17, row.Converted).Bind(18, latest.Agent).Bind(19, latest.Ingest);
        }
        else
        {
            for (int parameter = 5; parameter <= 19; parameter++)
                _update.BindNull(parameter);
        }
        _update.Run();
    }

    private SeriesState Load(SqliteDataReader row)
    {
        ReadingKind kind = (ReadingKind)row.GetInt64(3);
        SeriesState series = new(row.GetInt64(0)) { Readings = row.GetInt64(5), Late = row.GetInt64(6), Odd = row.GetInt64(7) };
        if (row.Micros(8) is { } observed)
            series.Latest = new LatestReading(
                new ReadingRow
                {
                    Series = series.Id, Observed = observed, Entry = row.GetInt64(11), Ordinal = row.GetInt32(12), Value = Real(row, 13),
                    Quality = row.GetInt32(14), Marks = (ReadingMarks)row.GetInt64(15), PeriodSeconds = row.GetInt32(16), Minimum = Real(row, 17),
                    Maximum = Real(row, 18), Total = Real(row, 19), Converted = Real(row, 20),
                },
                row.UInt32(9), unchecked((ulong)row.GetInt64(10)), row.Micros(21), row.GetInt64(22));
        _series.Add(new Key(row.GetInt64(1), row.GetString(2), kind, row.GetString(4)), series);
        return series;
    }

    private static double Real(SqliteDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    private readonly record struct Key(long Station, string Factor, ReadingKind Kind, string Unit);
}
