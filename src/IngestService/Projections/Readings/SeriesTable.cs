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
            UPDATE series SET readings = ?2, late = ?3, odd = ?4, rolled = ?5, observed = ?6, epoch = ?7, sequence = ?8, entry = ?9, ordinal = ?10,
                value = ?11, quality = ?12, marks = ?13, period = ?14, minimum = ?15, maximum = ?16, total = ?17, converted = ?18, agent = ?19, ingest = ?20
            WHERE series = ?1
            """);
        _statements.Prepare("SELECT * FROM series").Query(Load);
    }

    public IReadOnlyList<SeriesState> Touched => _touched;

    public IEnumerable<SeriesState> All => _series.Values;

    /// <summary>Null when the station has as many as it may have.</summary>
    public SeriesState? Find(StationState station, string factor, ReadingKind kind, string unit)
    {
        Key key = new(station.Id, factor, kind, unit);
        if (!_series.TryGetValue(key, out SeriesState? series))
        {
            if (station.SeriesCount >= ReadingLimits.SeriesPerStation)
                return null;
            station.SeriesCount++;
            _series.Add(key, series = new SeriesState(_series.Count + 1, kind));
            _add.Run(series.Id, station.Id, factor, (long)kind, unit);
        }
        if (!series.IsTouched)
        {
            series.Begin();
            _touched.Add(series);
        }
        return series;
    }

    public void Flush()
    {
        foreach (SeriesState series in _touched)
        {
            Write(series);
            series.End();
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
        BindTime(5, series.Rolled);
        if (series.Latest is { } latest)
        {
            ReadingRow row = latest.Row;
            _update.Bind(6, row.Observed).Bind(7, latest.Epoch).Bind(8, unchecked((long)latest.Sequence)).Bind(9, row.Entry).Bind(10, row.Ordinal)
                .Bind(11, row.Value).Bind(12, row.Quality).Bind(13, (long)row.Marks).Bind(14, row.PeriodSeconds)
                .Bind(15, row.Minimum).Bind(16, row.Maximum).Bind(17, row.Total).Bind(18, row.Converted).Bind(20, latest.Ingest);
            BindTime(19, latest.Agent);
        }
        else
        {
            for (int parameter = 6; parameter <= 20; parameter++)
                _update.BindNull(parameter);
        }
        _update.Run();
    }

    private SeriesState Load(SqliteDataReader row)
    {
        ReadingKind kind = (ReadingKind)row.GetInt64(3);
        SeriesState series = new(row.GetInt64(0), kind)
        {
            Readings = row.GetInt64(5), Late = row.GetInt64(6), Odd = row.GetInt64(7), Rolled = row.Micros(8),
        };
        if (row.Micros(9) is { } observed)
            series.Latest = new LatestReading(
                new ReadingRow
                {
                    Series = series.Id, Observed = observed, Entry = row.GetInt64(12), Ordinal = row.GetInt32(13), Value = Real(row, 14),
                    Quality = row.GetInt32(15), Marks = (ReadingMarks)row.GetInt64(16), PeriodSeconds = row.GetInt32(17), Minimum = Real(row, 18),
                    Maximum = Real(row, 19), Total = Real(row, 20), Converted = Real(row, 21),
                },
                row.UInt32(10), unchecked((ulong)row.GetInt64(11)), row.Micros(22), row.GetInt64(23));
        _series.Add(new Key(row.GetInt64(1), row.GetString(2), kind, row.GetString(4)), series);
        return series;
    }

    private void BindTime(int parameter, long? value)
    {
        if (value is { } there)
            _update.Bind(parameter, there);
        else
            _update.BindNull(parameter);
    }

    private static double Real(SqliteDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    private readonly record struct Key(long Station, string Factor, ReadingKind Kind, string Unit);
}
