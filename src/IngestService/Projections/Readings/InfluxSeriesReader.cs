using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Influx;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>Points of a chart by InfluxQL: the readings themselves while they fit, else means, minima and maxima by the server, flag by flag.</summary>
internal sealed class InfluxSeriesReader(InfluxClient client) : ISeriesQueries
{
    private static readonly string[] Raw =
        ["value", "minimum", "maximum", "late", "recalled", "entry", "ordinal", "agent", "ingest"];

    public async Task<SeriesAnswer> ReadAsync(SeriesRange range, CancellationToken cancellation)
    {
        SeriesAnswer answer = new() { Store = "influx", Source = SeriesFold.Readings };
        IReadOnlyList<InfluxSeries> units = await client.QueryAsync(
            $"SELECT last(\"entry\") FROM \"{InfluxLines.Measurement}\" WHERE {Place(range)} GROUP BY \"unit\"", cancellation);
        answer.Units.AddRange(units.OrderByDescending(unit => unit.Rows[0][0]).Select(unit => unit.Tags["unit"]));
        if (answer.Units.Count == 0 || (range.Unit.Length > 0 && !answer.Units.Contains(range.Unit)))
            return answer;
        answer.Unit = range.Unit.Length > 0 ? range.Unit : answer.Units[0];
        string where = string.Create(CultureInfo.InvariantCulture,
            $"{Place(range)} AND \"unit\" = {InfluxText.Quoted(answer.Unit)} AND time >= {range.From}ms AND time < {range.To}ms");

        IReadOnlyList<InfluxSeries> count = await client.QueryAsync($"SELECT count(\"entry\") FROM \"{InfluxLines.Measurement}\" WHERE {where}", cancellation);
        if (count.Count == 0)
            return answer;
        if (count[0].Rows[0][1] <= range.MaxPoints)
            answer.Points.AddRange(await ReadingsAsync(where, cancellation));
        else
            await FoldAsync(answer, range, where, cancellation);
        return answer;
    }

    private async Task<IEnumerable<SeriesPoint>> ReadingsAsync(string where, CancellationToken cancellation)
    {
        string fields = string.Join(", ", Raw.Select(field => $"\"{field}\""));
        IReadOnlyList<InfluxSeries> series = await client.QueryAsync(
            $"SELECT {fields} FROM \"{InfluxLines.Measurement}\" WHERE {where} GROUP BY \"flag\"", cancellation);
        return series.SelectMany(part => part.Rows.Select(row => ToPoint(part, row)))
            .OrderBy(point => point.At).ThenBy(point => point.EntryIndex).ThenBy(point => point.Ordinal);
    }

    private static SeriesPoint ToPoint(InfluxSeries series, double[] row)
    {
        double Of(string field) => row[series.Column(field)];
        string flag = series.Tags["flag"] == InfluxLines.NoFlag ? "" : series.Tags["flag"];
        bool counts = flag is "N" or "" && !double.IsNaN(Of("value"));
        SeriesPoint point = new()
        {
            At = ReadingsReader.ToTimestamp((long)row[0]), Flags = flag, Counted = counts ? 1UL : 0, NotCounted = counts ? 0UL : 1,
            Late = (ulong)Of("late"), Recalled = (ulong)Of("recalled"), EntryIndex = (ulong)Of("entry"), Ordinal = (uint)Of("ordinal"),
            IngestTime = ReadingsReader.ToTimestamp((long)Of("ingest")),
        };
        if (!double.IsNaN(Of("agent")))
            point.AgentTime = ReadingsReader.ToTimestamp((long)Of("agent"));
        if (!double.IsNaN(Of("value")))
            point.Value = Of("value");
        if (!double.IsNaN(Of("minimum")))
            point.Minimum = Of("minimum");
        if (!double.IsNaN(Of("maximum")))
            point.Maximum = Of("maximum");
        return point;
    }

    private async Task FoldAsync(SeriesAnswer answer, SeriesRange range, string where, CancellationToken cancellation)
    {
        long span = (range.Width + 999) / 1000 * 1000;
        long offset = CivilCalendar.Floor(range.From, span) % span;
        IReadOnlyList<InfluxSeries> series = await client.QueryAsync(string.Create(CultureInfo.InvariantCulture,
            $"""
            SELECT count("entry") AS n, count("value") AS with_value, sum("value") AS sum, min("value") AS low, max("value") AS high,
                min("minimum") AS least, max("maximum") AS most, sum("late") AS late, sum("recalled") AS recalled
            FROM "{InfluxLines.Measurement}" WHERE {where} GROUP BY time({span}ms, {offset}ms), "flag" fill(none)
            """).ReplaceLineEndings(" "), cancellation);
        answer.SpanMs = (ulong)span;
        SortedDictionary<long, BucketFold> folds = [];
        foreach (InfluxSeries part in series)
            foreach (double[] row in part.Rows)
            {
                BucketFold fold = default;
                if (!folds.TryGetValue((long)row[0], out fold))
                    fold.Begin((long)row[0]);
                fold.Add(ToRow(part, row));
                folds[(long)row[0]] = fold;
            }
        answer.Points.AddRange(folds.Values.Select(fold => SeriesFold.ToPoint(fold.ToRow())));
    }

    // What is counted of this flag alone; the fold knows which flags a mean is made of.
    private static RollUpRow ToRow(InfluxSeries series, double[] row)
    {
        double Of(string column) => row[series.Column(column)] is var value && double.IsNaN(value) ? 0 : value;
        double Least(double one, double other) => double.IsNaN(one) ? other : double.IsNaN(other) ? one : Math.Min(one, other);
        double low = Least(row[series.Column("least")], row[series.Column("low")]);
        double high = -Least(-row[series.Column("most")], -row[series.Column("high")]);
        string flag = series.Tags["flag"];
        long all = (long)Of("n"), values = (long)Of("with_value");
        RollUpRow fold = new() { Late = (long)Of("late"), Recalled = (long)Of("recalled"), OtherMinimum = double.NaN, OtherMaximum = double.NaN };
        if (flag == "N")
            (fold.Normal, fold.Sum, fold.Minimum, fold.Maximum, fold.Flags[ReadingFlag.Other]) = (values, Of("sum"), low, high, all - values);
        else if (flag == InfluxLines.NoFlag)
            (fold.Flags[ReadingFlag.None], fold.Sum, fold.Minimum, fold.Maximum, fold.Flags[ReadingFlag.Other]) = (values, Of("sum"), low, high, all - values);
        else
            (fold.Flags[ReadingFlag.PlaceOf(flag.Length == 1 ? flag[0] : QualityTable.FirstWord)], fold.OtherMinimum, fold.OtherMaximum) = (all, low, high);
        return fold;
    }

    private static string Place(SeriesRange range)
    {
        string kind = InfluxText.Quoted(InfluxLines.NameOf(range.Kind));
        return $"\"device\" = {InfluxText.Quoted(range.Device)} AND \"factor\" = {InfluxText.Quoted(range.Factor)}"
            + $" AND (\"kind\" = {kind} OR (\"kind\" = 'recalled' AND \"of\" = {kind}))";
    }
}
