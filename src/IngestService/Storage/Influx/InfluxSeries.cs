using System.Text.Json;

namespace EdgeEnforcement.IngestService.Storage.Influx;

/// <summary>One series of an InfluxQL answer. A missing number is NaN.</summary>
internal sealed class InfluxSeries(IReadOnlyDictionary<string, string> tags, string[] columns, double[][] rows)
{
    public IReadOnlyDictionary<string, string> Tags { get; } = tags;

    public IReadOnlyList<double[]> Rows { get; } = rows;

    public int Column(string name) => Array.IndexOf(columns, name);

    public static InfluxSeries Parse(JsonElement series)
    {
        Dictionary<string, string> tags = series.TryGetProperty("tags", out JsonElement named)
            ? named.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "")
            : [];
        string[] columns = [.. series.GetProperty("columns").EnumerateArray().Select(column => column.GetString() ?? "")];
        double[][] rows = [.. series.GetProperty("values").EnumerateArray().Select(row => row.EnumerateArray().Select(Number).ToArray())];
        return new InfluxSeries(tags, columns, rows);
    }

    // Milliseconds and entry indices are below 2^53.
    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
}
