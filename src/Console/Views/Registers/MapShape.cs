using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>
/// Territories as a drawing: the geometries of RFC 7946 (WGS 84) on an equirectangular plane about the middle of what is shown, north up, no
/// tiles. Good for a district; nobody measures on it. A geometry that cannot be read is left out and its territory listed all the same.
/// </summary>
public sealed class MapShape
{
    public const double Width = 1000;

    private const double Margin = 24;
    private const double MetresPerDegree = 111_320; // of latitude
    private const double LeastDegrees = 0.002; // a single site is drawn within some 200 m

    private readonly double _west;
    private readonly double _north;
    private readonly double _scale;
    private readonly double _shrink;

    public MapShape(IEnumerable<SubjectRow> territories)
    {
        var read = territories.Select(row => (Row: row, Parts: Parts(row.Change.Territory.GeoJson))).Where(shape => shape.Parts.Count > 0).ToList();
        var all = read.SelectMany(shape => shape.Parts).SelectMany(part => part.Positions).ToList();
        var (west, east) = all.Count == 0 ? (106.0, 107.0) : (all.Min(at => at.Longitude), all.Max(at => at.Longitude));
        var (south, north) = all.Count == 0 ? (29.0, 30.0) : (all.Min(at => at.Latitude), all.Max(at => at.Latitude));
        _shrink = Math.Cos((south + north) / 2 * Math.PI / 180);
        var (wide, high) = (Math.Max((east - west) * _shrink, LeastDegrees), Math.Max(north - south, LeastDegrees));
        (_west, _north) = (((west + east) / 2) - (wide / _shrink / 2), ((south + north) / 2) + (high / 2));
        _scale = (Width - (2 * Margin)) / Math.Max(wide, high);
        Height = (high * _scale) + (2 * Margin);
        // Large ones first, so that what lies within them is drawn over them and can be pointed at.
        Drawn = [.. read.Select(shape => Draw(shape.Row, shape.Parts)).OrderByDescending(shape => shape.IsArea).ThenByDescending(shape => shape.Extent)];
    }

    public double Height { get; }

    public IReadOnlyList<MapPath> Drawn { get; }

    /// <summary>Pixels of the drawing per kilometre, for its scale.</summary>
    public double PerKilometre => _scale * 1000 / MetresPerDegree;

    private MapPath Draw(SubjectRow row, List<(string Kind, List<(double Longitude, double Latitude)> Positions)> parts)
    {
        var path = new StringBuilder();
        foreach (var (kind, positions) in parts)
        {
            var at = 'M';
            foreach (var position in positions)
            {
                path.Append(at).Append(Text(X(position.Longitude))).Append(' ').Append(Text(Y(position.Latitude)));
                at = 'L';
            }
            path.Append(kind == "area" ? "Z" : kind == "point" ? "h0" : ""); // a path of no length with round ends is a dot
        }
        var points = parts.SelectMany(part => part.Positions).Select(at => (X: X(at.Longitude), Y: Y(at.Latitude))).ToList();
        var (left, right, top, bottom) = (points.Min(at => at.X), points.Max(at => at.X), points.Min(at => at.Y), points.Max(at => at.Y));
        var corridor = Math.Max(row.Change.Territory.CorridorM / MetresPerDegree * _scale * 2, 3);
        return new MapPath(row, path.ToString(), parts[0].Kind == "area", corridor, (left + right) / 2, (top + bottom) / 2, (right - left) * (bottom - top));
    }

    private double X(double longitude) => Margin + ((longitude - _west) * _shrink * _scale);

    private double Y(double latitude) => Margin + ((_north - latitude) * _scale);

    private static string Text(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    private static List<(string Kind, List<(double Longitude, double Latitude)> Positions)> Parts(string geoJson)
    {
        try
        {
            using var document = JsonDocument.Parse(geoJson);
            var at = document.RootElement.GetProperty("coordinates");
            return document.RootElement.GetProperty("type").GetString() switch
            {
                "Point" => [("point", [Position(at)])],
                "LineString" => [("line", Positions(at))],
                "MultiLineString" => [.. at.EnumerateArray().Select(line => ("line", Positions(line)))],
                "Polygon" => [.. at.EnumerateArray().Select(ring => ("area", Positions(ring)))],
                "MultiPolygon" => [.. at.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()).Select(ring => ("area", Positions(ring)))],
                _ => [],
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return []; // the service takes none of these; another program's may come all the same
        }
    }

    private static List<(double Longitude, double Latitude)> Positions(JsonElement line) => [.. line.EnumerateArray().Select(Position)];

    private static (double Longitude, double Latitude) Position(JsonElement at) => (at[0].GetDouble(), at[1].GetDouble());
}
