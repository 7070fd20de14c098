using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Makes roll-ups of what is closed: every bucket before the one in which the track's newest row lies. The open one is folded by whoever
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
    private readonly BulkStatement _hours;
    private readonly BucketFolds _folds = new();

    public RollUps(SqliteConnection writer, MonthTables months)
    {
        _months = months;
        _putHour = new BulkStatement(writer, RowScan.Upsert("hour"));
        _putDay = new BulkStatement(writer, RowScan.Upsert("day"));
        _hours = new BulkStatement(writer, RowScan.OfRollUps("hour"));
    }

    /// <summary>After the track's rows of a batch were written.</summary>
    public void Update(Track track)
    {
        if (track.Rolled is not { } newest || track.RolledBefore == long.MaxValue)
            return;
        IEnumerable<long> reopened = track.Reopened;
        for (int level = 0; level < track.Levels.Length; level++)
        {
            long span = track.Levels[level].Span();
            long from = CivilCalendar.Floor(track.RolledBefore, span), to = CivilCalendar.Floor(newest, span);
            long[] again = [.. reopened.Select(bucket => CivilCalendar.Floor(bucket, span)).Where(bucket => bucket < from).Distinct()];
            foreach (long bucket in again)
                Fold(track, level, bucket, bucket + span);
            if (to > from)
                Fold(track, level, from, to);
            reopened = again;
        }
    }

    /// <summary>Also what is still open before <paramref name="end"/>, because its readings are about to be dropped.</summary>
    public void CloseBefore(Track track, long end)
    {
        if (track.Rolled is not { } newest || newest >= end)
            return;
        for (int level = 0; level < track.Levels.Length; level++)
            Fold(track, level, CivilCalendar.Floor(newest, track.Levels[level].Span()), end);
    }

    public void Dispose()
    {
        _putHour.Dispose();
        _putDay.Dispose();
        _hours.Dispose();
    }

    private void Fold(Track track, int level, long from, long to)
    {
        _folds.Begin(from);
        if (level == 0)
            FoldReadings(track, from, to);
        else
            FoldRows(track, level, from, to);
        Write(track, track.Levels[level]);
    }

    private void FoldReadings(Track track, long from, long to)
    {
        RollUpLevel level = track.Levels[0];
        foreach (BulkStatement rows in _months.Rows(track, from, to))
            while (rows.Next())
            {
                ReadingRow reading = RowScan.Head(rows, out PackSpan content);
                int first = reading.Ordinal;
                NextBucket(track, level, reading.Observed);
                while (!content.IsEmpty)
                {
                    ReadingPack.Read(ref content, ref reading, first);
                    _folds.Add(reading);
                }
            }
    }

    private void FoldRows(Track track, int place, long from, long to)
    {
        IEnumerable<BulkStatement> below = track.Levels[place - 1] == RollUpLevel.Minute
            ? _months.Minutes(track, from, to)
            : [RowScan.Begin(_hours, track.Station, (long)track.Kind, from, to)];
        RollUpRow row = default;
        foreach (BulkStatement rows in below)
            while (rows.Next())
            {
                NextBucket(track, track.Levels[place], rows.Int64(0));
                PackSpan content = new(rows.Blob(1));
                while (!content.IsEmpty)
                {
                    long series = RollUpPack.Read(ref content, ref row);
                    _folds.Add(series, row);
                }
            }
    }

    private void NextBucket(Track track, RollUpLevel level, long at)
    {
        long bucket = CivilCalendar.Floor(at, level.Span());
        if (_folds.Bucket == bucket)
            return;
        Write(track, level);
        _folds.Begin(bucket);
    }

    private void Write(Track track, RollUpLevel level)
    {
        if (_folds.IsEmpty)
            return;
        if (level == RollUpLevel.Minute)
            _months.WriteMinute(track, _folds.Bucket, _folds.Pack());
        else
            RowScan.Write(level == RollUpLevel.Hour ? _putHour : _putDay, track, _folds.Bucket, _folds.Pack());
    }
}
