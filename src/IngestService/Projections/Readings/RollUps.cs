using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Makes roll-ups of what is closed: every bucket before the one in which the series' newest reading lies. The open one is folded by whoever
/// asks (<see cref="SeriesReader"/>).
/// </summary>
/// <remarks>
/// A row is always folded from all rows of the level below, never added to: it is a function of the readings, whatever batches they came in, and
/// a reading that comes late or twice costs one bucket on each level. In time, each reading is read once more, when its bucket closes.
/// </remarks>
internal sealed class RollUps : IDisposable
{
    private readonly MonthTables _months;
    private readonly BulkStatement _putHour;
    private readonly BulkStatement _putDay;
    private readonly BulkStatement _scanHours;

    public RollUps(SqliteConnection writer, MonthTables months)
    {
        _months = months;
        _putHour = new BulkStatement(writer, RollUpScan.Upsert("hour"));
        _putDay = new BulkStatement(writer, RollUpScan.Upsert("day"));
        _scanHours = new BulkStatement(writer, RollUpScan.Sql("hour"));
    }

    /// <summary>After the series' readings of a batch were written.</summary>
    public void Update(SeriesState series)
    {
        if (series.Rolled is not { } newest || series.RolledBefore == long.MaxValue)
            return;
        IEnumerable<long> reopened = series.Reopened;
        for (int level = 0; level < series.Levels.Length; level++)
        {
            long span = series.Levels[level].Span();
            long from = CivilCalendar.Floor(series.RolledBefore, span), to = CivilCalendar.Floor(newest, span);
            long[] again = [.. reopened.Select(bucket => CivilCalendar.Floor(bucket, span)).Where(bucket => bucket < from).Distinct()];
            foreach (long bucket in again)
                Fold(series, level, bucket, bucket + span);
            if (to > from)
                Fold(series, level, from, to);
            reopened = again;
        }
    }

    /// <summary>Also what is still open before <paramref name="end"/>, because its readings are about to be dropped.</summary>
    public void CloseBefore(SeriesState series, long end)
    {
        if (series.Rolled is not { } newest || newest >= end)
            return;
        for (int level = 0; level < series.Levels.Length; level++)
            Fold(series, level, CivilCalendar.Floor(newest, series.Levels[level].Span()), end);
    }

    public void Dispose()
    {
        _putHour.Dispose();
        _putDay.Dispose();
        _scanHours.Dispose();
    }

    private void Fold(SeriesState series, int level, long from, long to)
    {
        if (level == 0)
            FoldReadings(series, from, to);
        else
            FoldRows(series, level, from, to);
    }

    private void FoldReadings(SeriesState series, long from, long to)
    {
        RollUpLevel level = series.Levels[0];
        long span = level.Span();
        BucketFold fold = default;
        fold.Begin(from);
        ReadingRow held = default;
        bool holds = false;
        foreach (ReadingRow row in _months.Read(series.Id, from, to))
        {
            if (holds && row.Observed != held.Observed)
                Add(series, level, span, ref fold, held);
            (held, holds) = (row, true);
        }
        if (holds)
            Add(series, level, span, ref fold, held);
        Write(series, level, fold);
    }

    private void Add(SeriesState series, RollUpLevel level, long span, ref BucketFold fold, in ReadingRow row)
    {
        NextBucket(series, level, ref fold, CivilCalendar.Floor(row.Observed, span));
        fold.Add(row);
    }

    private void FoldRows(SeriesState series, int place, long from, long to)
    {
        RollUpLevel level = series.Levels[place];
        long span = level.Span();
        BucketFold fold = default;
        fold.Begin(from);
        foreach (RollUpRow row in Rows(series, series.Levels[place - 1], from, to))
        {
            NextBucket(series, level, ref fold, CivilCalendar.Floor(row.Bucket, span));
            fold.Add(row);
        }
        Write(series, level, fold);
    }

    private IEnumerable<RollUpRow> Rows(SeriesState series, RollUpLevel level, long from, long to) =>
        level == RollUpLevel.Minute ? _months.ReadMinutes(series.Id, from, to) : Hours(series, from, to);

    private IEnumerable<RollUpRow> Hours(SeriesState series, long from, long to)
    {
        _scanHours.Bind(1, series.Id).Bind(2, from).Bind(3, to);
        while (_scanHours.Next())
            yield return RollUpScan.Row(_scanHours);
    }

    private void NextBucket(SeriesState series, RollUpLevel level, ref BucketFold fold, long bucket)
    {
        if (fold.Bucket == bucket)
            return;
        Write(series, level, fold);
        fold.Begin(bucket);
    }

    private void Write(SeriesState series, RollUpLevel level, in BucketFold fold)
    {
        if (fold.IsEmpty)
            return;
        RollUpRow row = fold.ToRow();
        if (level == RollUpLevel.Minute)
            _months.WriteMinute(series.Id, row);
        else
            RollUpScan.Bind(level == RollUpLevel.Hour ? _putHour : _putDay, series.Id, row).Run();
    }
}
