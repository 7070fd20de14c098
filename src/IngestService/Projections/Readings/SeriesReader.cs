using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Points of a chart out of the tables. The coarsest level not coarser than a point is read; the end of it that is still open is folded from the
/// level below, down to the readings.
/// </summary>
internal sealed class SeriesReader(SqliteFile file) : ISeriesQueries
{
    // Beyond this many, a point's other clocks are a question for the entry itself.
    private const int PointsWithClocks = 500;

    /// <summary>SQLite answers on the caller's thread; there is nothing to wait for.</summary>
    public Task<SeriesAnswer> ReadAsync(SeriesRange range, CancellationToken cancellation) => Task.FromResult(Read(range));

    private SeriesAnswer Read(SeriesRange range)
    {
        using SqliteReadLease lease = file.Rent();
        SeriesAnswer answer = new() { Store = "sqlite", Source = SeriesFold.Readings };
        List<(long Series, string Unit, long Station, long? Rolled)> all = lease.Query(
            """
            SELECT s.series, s.unit, s.station, t.rolled FROM series s JOIN station d ON d.station = s.station
                LEFT JOIN track t ON t.station = s.station AND t.kind = s.kind
            WHERE d.device = $1 AND s.factor = $2 AND s.kind = $3 ORDER BY s.observed DESC NULLS LAST
            """, row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.Micros(3)), range.Device, range.Factor, range.Kind);
        answer.Units.AddRange(all.Select(series => series.Unit));
        int at = range.Unit.Length == 0 ? 0 : all.FindIndex(series => series.Unit == range.Unit);
        if (at < 0 || at >= all.Count)
            return answer;
        answer.Unit = all[at].Unit;
        if (all[at].Rolled is { } rolled)
            Fill(answer, lease, new SeriesSource(lease, new SeriesPlace(all[at].Station, range.Kind, all[at].Series, rolled)), range);
        return answer;
    }

    private static void Fill(SeriesAnswer answer, SqliteReadLease lease, SeriesSource source, SeriesRange range)
    {
        using (source)
        {
            SeriesFold fold = new(range, source.LevelFor(range.Width));
            try
            {
                source.Read(range.From, range.To, fold);
            }
            catch (InvalidDataException fault)
            {
                lease.ReportDamage(fault);
                throw;
            }
            fold.Fill(answer);
        }
        if (answer.SpanMs == 0)
            Describe(answer, lease);
    }

    // Words of flags that are no letter, and the clocks of each point's batch.
    private static void Describe(SeriesAnswer answer, SqliteReadLease lease)
    {
        Dictionary<string, string> words = lease.Query("SELECT quality, word FROM quality", row => (row.GetInt64(0), row.GetString(1)))
            .ToDictionary(pair => SeriesFold.Numbered(pair.Item1), pair => pair.Item2);
        foreach (SeriesPoint point in answer.Points)
            point.Flags = words.GetValueOrDefault(point.Flags, point.Flags);
        if (answer.Points.Count is 0 or > PointsWithClocks)
            return;

        List<string> batches = lease.Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'batch\\_%' ESCAPE '\\' ORDER BY name DESC", row => row.GetString(0));
        foreach (string table in batches)
        {
            using BulkStatement find = lease.Bulk($"SELECT agent, ingest FROM {table} WHERE entry = ?1");
            foreach (SeriesPoint point in answer.Points.Where(point => point.IngestTime is null))
            {
                find.Bind(1, (long)point.EntryIndex);
                while (find.Next())
                {
                    point.AgentTime = find.IsNull(0) ? null : ReadingsReader.ToTimestamp(find.Int64(0));
                    point.IngestTime = ReadingsReader.ToTimestamp(find.Int64(1));
                }
            }
        }
    }
}
