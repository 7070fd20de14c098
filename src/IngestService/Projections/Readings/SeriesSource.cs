using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Readings and roll-ups of one series, as a reader sees them.</summary>
/// <param name="lease">One state of the file.</param>
/// <param name="place">Where it lies.</param>
internal sealed class SeriesSource(SqliteReadLease lease, SeriesPlace place) : IDisposable
{
    private readonly RollUpLevel[] _levels = RollUpLevels.Of(place.Kind);
    private readonly List<string> _tables = lease.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0));
    private readonly List<BulkStatement> _scans = [];

    /// <summary>Null for the readings themselves.</summary>
    public RollUpLevel? LevelFor(long widthMs)
    {
        RollUpLevel? coarsest = null;
        foreach (RollUpLevel level in _levels)
            if (level.Span() <= widthMs)
                coarsest = level;
        return coarsest;
    }

    public void Read(long from, long to, SeriesFold fold) => Read(Array.IndexOf(_levels, fold.Level ?? default), from, to, fold);

    public void Dispose()
    {
        foreach (BulkStatement scan in _scans)
            scan.Dispose();
    }

    private void Read(int level, long from, long to, SeriesFold fold)
    {
        if (level < 0)
        {
            ReadReadings(from, to, fold);
            return;
        }
        long span = _levels[level].Span();
        long first = CivilCalendar.Floor(from, span), open = CivilCalendar.Floor(place.Rolled, span);
        foreach (string table in Tables(_levels[level], first, Math.Min(to, open)))
        {
            RollUpRow row = default;
            BulkStatement scan = Scan(RowScan.OfRollUps(table), first, Math.Min(to, open));
            while (scan.Next())
            {
                PackSpan content = new(scan.Blob(1));
                row.Bucket = scan.Int64(0);
                while (!content.IsEmpty)
                    if (RollUpPack.Read(ref content, ref row) == place.Series)
                        fold.Add(row);
            }
        }
        if (to > open)
            Read(level - 1, Math.Max(first, open), to, fold);
    }

    private void ReadReadings(long from, long to, SeriesFold fold)
    {
        foreach (string table in MonthsOf("reading_", from, to))
        {
            BulkStatement scan = Scan(RowScan.OfReadings(table), from, to);
            while (scan.Next())
            {
                ReadingRow reading = RowScan.Head(scan, out PackSpan content);
                int first = reading.Ordinal;
                while (ReadingPack.Find(ref content, place.Series, ref reading, first))
                    fold.Add(reading);
            }
        }
    }

    private IEnumerable<string> Tables(RollUpLevel level, long from, long to) => level switch
    {
        RollUpLevel.Minute => MonthsOf("minute_", from, to),
        RollUpLevel.Hour => ["hour"],
        _ => ["day"],
    };

    private IEnumerable<string> MonthsOf(string prefix, long from, long to)
    {
        if (to <= from)
            return [];
        string first = prefix + CivilCalendar.Name(CivilCalendar.Month(from)), last = prefix + CivilCalendar.Name(CivilCalendar.Month(to - 1));
        return _tables.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)
            && string.CompareOrdinal(name, first) >= 0 && string.CompareOrdinal(name, last) <= 0).Order(StringComparer.Ordinal);
    }

    private BulkStatement Scan(string sql, long from, long to)
    {
        BulkStatement scan = RowScan.Begin(lease.Bulk(sql), place.Station, (long)place.Kind, from, to);
        _scans.Add(scan);
        return scan;
    }
}
