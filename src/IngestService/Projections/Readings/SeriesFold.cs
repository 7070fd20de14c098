using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Readings or roll-ups, by time, into at most as many points as were asked for. As long as the readings themselves fit they stay readings, each
/// with its flag and its marks; beyond that a point is a span with mean, minimum and maximum: no peak is lost to fewer points.
/// </summary>
internal sealed class SeriesFold
{
    public const string Readings = "readings";

    private readonly SeriesRange _range;
    private readonly long _span;
    private readonly List<ReadingRow> _single = [];
    private readonly List<SeriesPoint> _points = [];
    private bool _folding;
    private BucketFold _fold;
    private ReadingRow _held;
    private bool _holds;

    /// <param name="range">What was asked for.</param>
    /// <param name="level">What is read; null: the readings.</param>
    public SeriesFold(SeriesRange range, RollUpLevel? level)
    {
        _range = range;
        Level = level;
        // A whole number of the level's own buckets; of readings, whole seconds.
        long unit = level?.Span() ?? 1000;
        _span = (range.Width + unit - 1) / unit * unit;
        _folding = level is not null;
        _fold.Begin(0);
    }

    public RollUpLevel? Level { get; }

    public void Add(in ReadingRow row)
    {
        if (!_folding)
        {
            _single.Add(row);
            if (_single.Count > _range.MaxPoints)
                FoldSingle();
            return;
        }
        if (_holds && row.Observed != _held.Observed)
            AddHeld();
        (_held, _holds) = (row, true);
    }

    public void Add(in RollUpRow row)
    {
        NextSpan(row.Bucket);
        _fold.Add(row);
    }

    public void Fill(SeriesAnswer answer)
    {
        answer.Source = Level is { } level ? level.ToString().ToLowerInvariant() : Readings;
        if (!_folding)
        {
            answer.Points.AddRange(_single.Select(ToPoint));
            return;
        }
        if (_holds)
            AddHeld();
        CloseSpan();
        answer.SpanMs = (ulong)_span;
        answer.Points.AddRange(_points);
    }

    /// <summary>A flag that has a word of its own, until the word is looked up.</summary>
    public static string Numbered(long quality) => "#" + quality.ToString(CultureInfo.InvariantCulture);

    private void FoldSingle()
    {
        _folding = true;
        foreach (ReadingRow row in _single)
            Add(row);
        _single.Clear();
    }

    private void AddHeld()
    {
        NextSpan(_held.Observed);
        _fold.Add(_held);
        _holds = false;
    }

    private void NextSpan(long at)
    {
        long start = SpanOf(at);
        if (start == _fold.Bucket && !_fold.IsEmpty)
            return;
        CloseSpan();
        _fold.Begin(start);
    }

    // Spans that divide a day begin with the civil day, so that they stay where they are while the range moves; others with the range.
    private long SpanOf(long at)
    {
        if (CivilCalendar.DayMs % _span == 0)
            return CivilCalendar.Floor(at, _span);
        long origin = CivilCalendar.Floor(_range.From, Level?.Span() ?? 1000);
        long rest = (at - origin) % _span;
        return at - (rest < 0 ? rest + _span : rest);
    }

    private void CloseSpan()
    {
        if (!_fold.IsEmpty)
            _points.Add(ToPoint(_fold.ToRow()));
    }

    /// <summary>A span as a point.</summary>
    public static SeriesPoint ToPoint(RollUpRow row)
    {
        SeriesPoint point = new()
        {
            At = ReadingsReader.ToTimestamp(row.Bucket), Counted = (ulong)row.Counted, Late = (ulong)row.Late, Recalled = (ulong)row.Recalled,
        };
        if (row.Counted > 0)
            (point.Value, point.Minimum, point.Maximum) = (row.Sum / row.Counted, row.Minimum, row.Maximum);
        if (!double.IsNaN(row.OtherMinimum))
            (point.OtherMinimum, point.OtherMaximum) = (row.OtherMinimum, row.OtherMaximum);
        List<string> flags = [];
        for (int place = 0; place < ReadingFlag.Count; place++)
            if (row.Flags[place] > 0 && (place != ReadingFlag.None || row.Normal > 0))
            {
                point.NotCounted += (ulong)row.Flags[place];
                flags.Add(string.Create(CultureInfo.InvariantCulture, $"{(place == ReadingFlag.None ? "–" : ReadingFlag.Letters[place])} {row.Flags[place]}"));
            }
        point.Flags = string.Join(", ", flags);
        return point;
    }

    private static SeriesPoint ToPoint(ReadingRow row)
    {
        bool counts = row.Quality is ReadingFlag.Normal or 0 && !double.IsNaN(row.Value);
        SeriesPoint point = new()
        {
            At = ReadingsReader.ToTimestamp(row.Observed), EntryIndex = (ulong)row.Entry, Ordinal = (uint)row.Ordinal,
            Counted = counts ? 1UL : 0, NotCounted = counts ? 0UL : 1,
            Late = (row.Marks & ReadingMarks.Late) != 0 ? 1UL : 0, Recalled = (row.Marks & ReadingMarks.Recalled) != 0 ? 1UL : 0,
            Flags = row.Quality < QualityTable.FirstWord ? ReadingsReader.Word(row.Quality, null) : Numbered(row.Quality),
        };
        if (!double.IsNaN(row.Value))
            point.Value = row.Value;
        if (!double.IsNaN(row.Minimum))
            point.Minimum = row.Minimum;
        if (!double.IsNaN(row.Maximum))
            point.Maximum = row.Maximum;
        return point;
    }
}
