using System.Globalization;
using System.Text;

namespace EdgeEnforcement.IngestService.Diagnostics;

/// <summary>One instrument with one set of tags.</summary>
internal sealed class MetricSeries(MetricAggregation aggregation)
{
    // From a flush on this machine (40 us) to a disk in trouble (10 s), and on for sizes and counts, a factor of about three each.
    private static readonly double[] Bounds =
        [0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 1_000_000, 10_000_000];

    private readonly Lock _gate = new();
    private readonly long[] _counts = aggregation == MetricAggregation.Distribution ? new long[Bounds.Length + 1] : [];
    private double _value;
    private long _count;

    public void Take(double value)
    {
        lock (_gate)
        {
            _value = aggregation == MetricAggregation.Last ? value : _value + value;
            _count++;
            if (aggregation != MetricAggregation.Distribution)
                return;
            var place = Array.BinarySearch(Bounds, value);
            _counts[place >= 0 ? place : ~place]++;
        }
    }

    public void WriteTo(StringBuilder text, string name, string tags)
    {
        lock (_gate)
        {
            if (aggregation != MetricAggregation.Distribution)
            {
                Line(text, name, "", tags, _value);
                return;
            }
            var before = tags.Length == 0 ? "" : tags + ",";
            long cumulative = 0;
            for (var i = 0; i < Bounds.Length; i++)
            {
                cumulative += _counts[i];
                Line(text, name, "_bucket", before + "le=\"" + Bounds[i].ToString(CultureInfo.InvariantCulture) + "\"", cumulative);
            }
            Line(text, name, "_bucket", before + "le=\"+Inf\"", _count);
            Line(text, name, "_sum", tags, _value);
            Line(text, name, "_count", tags, _count);
        }
    }

    private static void Line(StringBuilder text, string name, string suffix, string tags, double value)
    {
        text.Append(name).Append(suffix);
        if (tags.Length > 0)
            text.Append('{').Append(tags).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }
}
