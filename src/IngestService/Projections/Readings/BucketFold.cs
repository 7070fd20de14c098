namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Folds readings, or finer roll-ups, into one row. The same rows in the same order give the same row bit for bit: live and rebuilt tables
/// are compared.
/// </summary>
internal struct BucketFold
{
    private RollUpRow _normal;
    private long _unflagged;
    private Extremes _withoutFlag;
    private Extremes _other;

    public bool IsEmpty { get; private set; }

    public readonly long Bucket => _normal.Bucket;

    public void Begin(long bucket)
    {
        this = default;
        _normal.Bucket = bucket;
        IsEmpty = true;
        _withoutFlag = _other = Extremes.None;
        (_normal.Minimum, _normal.Maximum) = (double.NaN, double.NaN);
    }

    public void Add(in ReadingRow row)
    {
        IsEmpty = false;
        _normal.Late += (row.Marks & ReadingMarks.Late) != 0 ? 1 : 0;
        _normal.Recalled += (row.Marks & ReadingMarks.Recalled) != 0 ? 1 : 0;
        bool hasValue = !double.IsNaN(row.Value);
        double low = double.IsNaN(row.Minimum) ? row.Value : row.Minimum, high = double.IsNaN(row.Maximum) ? row.Value : row.Maximum;
        if (row.Quality == ReadingFlag.Normal && hasValue)
        {
            AddNormal(1, row.Value, low, high);
            return;
        }

        int place = row.Quality == ReadingFlag.Normal || (row.Quality == 0 && !hasValue) ? ReadingFlag.Other : ReadingFlag.PlaceOf(row.Quality);
        _normal.Flags[place]++;
        if (place == ReadingFlag.None)
            AddUnflagged(1, row.Value, low, high);
        else
            _other.Add(low, high);
    }

    public void Add(in RollUpRow row)
    {
        IsEmpty = false;
        _normal.Late += row.Late;
        _normal.Recalled += row.Recalled;
        for (int place = 0; place < ReadingFlag.Count; place++)
            _normal.Flags[place] += row.Flags[place];
        if (row.Normal > 0)
            AddNormal(row.Normal, row.Sum, row.Minimum, row.Maximum);
        else if (row.Counted > 0)
            AddUnflagged(row.Counted, row.Sum, row.Minimum, row.Maximum);
        _other.Add(row.OtherMinimum, row.OtherMaximum);
    }

    public readonly RollUpRow ToRow()
    {
        RollUpRow row = _normal;
        Extremes other = _other;
        if (row.Normal == 0 && _unflagged > 0)
            (row.Sum, row.Minimum, row.Maximum) = (_withoutFlag.Sum, _withoutFlag.Low, _withoutFlag.High);
        else
            other.Add(_withoutFlag.Low, _withoutFlag.High);
        (row.OtherMinimum, row.OtherMaximum) = (other.Low, other.High);
        return row;
    }

    private void AddNormal(long count, double sum, double low, double high)
    {
        _normal.Sum += sum;
        _normal.Minimum = _normal.Normal == 0 ? low : Math.Min(_normal.Minimum, low);
        _normal.Maximum = _normal.Normal == 0 ? high : Math.Max(_normal.Maximum, high);
        _normal.Normal += count;
    }

    private void AddUnflagged(long count, double sum, double low, double high)
    {
        _unflagged += count;
        _withoutFlag.Sum += sum;
        _withoutFlag.Add(low, high);
    }

    private struct Extremes
    {
        public double Low;
        public double High;
        public double Sum;

        public static Extremes None => new() { Low = double.NaN, High = double.NaN };

        public void Add(double low, double high)
        {
            if (!double.IsNaN(low))
                Low = double.IsNaN(Low) ? low : Math.Min(Low, low);
            if (!double.IsNaN(high))
                High = double.IsNaN(High) ? high : Math.Max(High, high);
        }
    }
}
