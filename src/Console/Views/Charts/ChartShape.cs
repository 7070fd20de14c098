using System.Globalization;
using System.Text;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Charts;

/// <summary>
/// A chart as the paths of one picture: some kilobytes whatever it was made of. Radzen's chart draws each point as a part of its own and knows
/// neither bands nor spans; a month of minutes took it seconds and megabytes of the circuit.
/// </summary>
internal sealed class ChartShape
{
    public const int Width = 1120, Height = 340;
    public const int Left = 56, Right = 12, Top = 20, Bottom = 26;

    private const double MarkSize = 3.2;

    // What is missing is not drawn: a line ends where three of the usual intervals have no point.
    private const double GapIntervals = 3;

    private readonly SeriesAnswer _series;
    private readonly double _gapMs;

    public ChartShape(SeriesAnswer series, ChartRange range)
    {
        _series = series;
        Time = new ChartScale(range.From.ToUnixTimeMilliseconds(), range.To.ToUnixTimeMilliseconds(), Left, Width - Right);
        Values = ScaleOf(series);
        _gapMs = GapIntervals * Interval(series);
        Draw();
    }

    public ChartScale Time { get; }

    public ChartScale Values { get; }

    /// <summary>Mean of spans, or the readings with flag N.</summary>
    public string Line { get; private set; } = "";

    /// <summary>From minimum to maximum.</summary>
    public string Band { get; private set; } = "";

    /// <summary>Crosses: readings with another flag. Of spans: from their minimum to their maximum.</summary>
    public string NotCounted { get; private set; } = "";

    /// <summary>Marks along the lower edge.</summary>
    public string Late { get; private set; } = "";

    public bool IsEmpty => _series.Points.Count == 0;

    public static double Ms(Google.Protobuf.WellKnownTypes.Timestamp at) => (at.Seconds * 1000.0) + (at.Nanos / 1_000_000);

    /// <summary>An episode's place, cut to the picture.</summary>
    public (double X, double Width) Place(EpisodeSpan episode)
    {
        var start = Math.Clamp(Time.At(Ms(episode.Start)), Left, Width - Right);
        var end = episode.End is null ? Width - Right : Math.Clamp(Time.At(Ms(episode.End)), Left, Width - Right);
        return (start, Math.Max(1.5, end - start));
    }

    private void Draw()
    {
        StringBuilder line = new(), other = new(), late = new(), band = new();
        List<(double X, double Low, double High)> run = [];
        var before = double.NegativeInfinity;
        foreach (var point in _series.Points)
        {
            var ms = Ms(point.At) + (_series.SpanMs / 2.0);
            var x = Time.At(ms);
            if (point.Late > 0)
                late.Append(CultureInfo.InvariantCulture, $"M{x:F1} {Height - Bottom}v-7");
            DrawNotCounted(other, point, x);
            if (point.Counted == 0 || !point.HasValue)
                continue;
            var apart = ms - before > _gapMs;
            if (apart)
                CloseBand(band, run);
            line.Append(CultureInfo.InvariantCulture, $"{(apart ? 'M' : 'L')}{x:F1} {Values.At(point.Value):F1}");
            if (apart)
                line.Append("h.01"); // one point alone is a dot: the line's ends are round
            if (point.HasMinimum && point.HasMaximum)
                run.Add((x, Values.At(point.Minimum), Values.At(point.Maximum)));
            before = ms;
        }
        CloseBand(band, run);
        (Line, Band, NotCounted, Late) = (line.ToString(), band.ToString(), other.ToString(), late.ToString());
    }

    private void DrawNotCounted(StringBuilder path, SeriesPoint point, double x)
    {
        if (point.NotCounted == 0)
            return;
        if (_series.SpanMs == 0)
        {
            var y = point.HasValue ? Values.At(point.Value) : Height - Bottom - 12;
            path.Append(CultureInfo.InvariantCulture, $"M{x - MarkSize:F1} {y - MarkSize:F1}l{2 * MarkSize:F1} {2 * MarkSize:F1}m0 {-2 * MarkSize:F1}l{-2 * MarkSize:F1} {2 * MarkSize:F1}");
            return;
        }
        path.Append(CultureInfo.InvariantCulture, $"M{x:F1} {Top - 9}v6");
        if (point.HasOtherMinimum)
            path.Append(CultureInfo.InvariantCulture, $"M{x:F1} {Values.At(point.OtherMinimum):F1}V{Values.At(point.OtherMaximum) - 0.01:F2}");
    }

    private static void CloseBand(StringBuilder band, List<(double X, double Low, double High)> run)
    {
        if (run.Count > 1)
        {
            band.Append('M');
            foreach (var (x, _, high) in run)
                band.Append(CultureInfo.InvariantCulture, $"{x:F1} {high:F1} ");
            for (var i = run.Count - 1; i >= 0; i--)
                band.Append(CultureInfo.InvariantCulture, $"{run[i].X:F1} {run[i].Low:F1} ");
            band.Append('Z');
        }
        run.Clear();
    }

    private static ChartScale ScaleOf(SeriesAnswer series)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        void Take(bool there, double value)
        {
            if (there)
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        foreach (var point in series.Points)
        {
            Take(point.HasValue, point.Value);
            Take(point.HasMinimum, point.Minimum);
            Take(point.HasMaximum, point.Maximum);
            Take(point.HasOtherMinimum, point.OtherMinimum);
            Take(point.HasOtherMaximum, point.OtherMaximum);
        }
        foreach (var limit in series.Limits)
        {
            Take(true, limit.Limit);
            Take(limit.HasUpperLimit, limit.UpperLimit);
        }
        return double.IsInfinity(low) ? new ChartScale(0, 1, Height - Bottom, Top) : ChartScale.OfValues(low, high, Height - Bottom, Top);
    }

    // The median: an outage makes no interval usual.
    private static double Interval(SeriesAnswer series)
    {
        if (series.SpanMs > 0)
            return series.SpanMs;
        if (series.Points.Count < 2)
            return double.PositiveInfinity;
        var apart = new double[series.Points.Count - 1];
        for (var i = 0; i < apart.Length; i++)
            apart[i] = Ms(series.Points[i + 1].At) - Ms(series.Points[i].At);
        Array.Sort(apart);
        return Math.Max(1000, apart[apart.Length / 2]);
    }
}
