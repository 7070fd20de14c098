using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// A GeoJSON geometry (RFC 7946 section 3.1; WGS 84, longitude first) and the question whether a point lies in it: within a polygon by the
/// even-odd rule over all its rings, so that holes are out; within the corridor of a line or point by distance on a plane about the point,
/// which is right to some centimetres over the width of a river.
/// </summary>
internal sealed class Geometry
{
    /// <summary>Enough for a district's border; a larger one is simplified before it is entered.</summary>
    public const int MostPositions = 100_000;

    private const double MetersPerDegree = 111_320;

    private readonly List<(double Longitude, double Latitude)[]> _rings = [];
    private readonly List<(double Longitude, double Latitude)[]> _lines = [];
    private int _positions;

    private Geometry()
    {
    }

    public static Geometry Nowhere { get; } = new();

    public bool IsArea => _rings.Count > 0;

    public static bool TryParse(string geoJson, [NotNullWhen(true)] out Geometry? geometry)
    {
        geometry = new Geometry();
        try
        {
            using JsonDocument document = JsonDocument.Parse(geoJson);
            if (document.RootElement.ValueKind == JsonValueKind.Object && geometry.TryRead(document.RootElement))
                return true;
        }
        catch (JsonException)
        {
            // Not JSON: not a geometry.
        }
        catch (InvalidOperationException)
        {
            // JSON of another shape: an element was asked for what it is not.
        }

        geometry = null;
        return false;
    }

    public bool Holds(double latitude, double longitude, double corridorM)
    {
        if (IsArea)
        {
            bool inside = false;
            foreach ((double Longitude, double Latitude)[] ring in _rings)
                inside ^= Crosses(ring, latitude, longitude);
            return inside;
        }

        double scale = MetersPerDegree * Math.Cos(latitude * Math.PI / 180);
        return _lines.Exists(line => DistanceM(line, latitude, longitude, scale) <= corridorM);
    }

    private bool TryRead(JsonElement geometry)
    {
        if (!geometry.TryGetProperty("type", out JsonElement type) || !geometry.TryGetProperty("coordinates", out JsonElement coordinates))
            return false;
        return type.GetString() switch
        {
            "Polygon" => coordinates.EnumerateArray().All(TryReadRing) && IsArea,
            "MultiPolygon" => coordinates.EnumerateArray().All(polygon => polygon.EnumerateArray().All(TryReadRing)) && IsArea,
            "LineString" => TryReadLine(coordinates, least: 2),
            "MultiLineString" => coordinates.EnumerateArray().All(line => TryReadLine(line, least: 2)) && _lines.Count > 0,
            "Point" => TryReadPosition(coordinates, out (double, double) point) && Add(_lines, [point]),
            _ => false,
        };
    }

    private bool TryReadRing(JsonElement ring)
    {
        (double, double)[]? positions = Positions(ring);
        return positions is { Length: >= 4 } && positions[0] == positions[^1] && Add(_rings, positions);
    }

    private bool TryReadLine(JsonElement line, int least) => Positions(line) is { } positions && positions.Length >= least && Add(_lines, positions);

    private static bool Add(List<(double, double)[]> to, (double, double)[] positions)
    {
        to.Add(positions);
        return true;
    }

    private (double, double)[]? Positions(JsonElement array)
    {
        _positions += array.GetArrayLength();
        if (_positions > MostPositions)
            return null;
        List<(double, double)> positions = new(array.GetArrayLength());
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (!TryReadPosition(element, out (double, double) position))
                return null;
            positions.Add(position);
        }

        return [.. positions];
    }

    private static bool TryReadPosition(JsonElement element, out (double Longitude, double Latitude) position)
    {
        position = default;
        if (element.GetArrayLength() < 2 || !element[0].TryGetDouble(out double longitude) || !element[1].TryGetDouble(out double latitude))
            return false;
        position = (longitude, latitude);
        return longitude is >= -180 and <= 180 && latitude is >= -90 and <= 90;
    }

    private static bool Crosses((double Longitude, double Latitude)[] ring, double latitude, double longitude)
    {
        bool inside = false;
        for (int i = 1; i < ring.Length; i++)
        {
            (double Longitude, double Latitude) a = ring[i - 1], b = ring[i];
            if (a.Latitude > latitude != b.Latitude > latitude
                && longitude < (b.Longitude - a.Longitude) * (latitude - a.Latitude) / (b.Latitude - a.Latitude) + a.Longitude)
                inside = !inside;
        }

        return inside;
    }

    private static double DistanceM((double Longitude, double Latitude)[] line, double latitude, double longitude, double scale)
    {
        double nearest = double.MaxValue;
        for (int i = 0; i < line.Length; i++)
        {
            (double Longitude, double Latitude) a = line[Math.Max(i - 1, 0)], b = line[i];
            double ax = (a.Longitude - longitude) * scale, ay = (a.Latitude - latitude) * MetersPerDegree;
            double dx = (b.Longitude - a.Longitude) * scale, dy = (b.Latitude - a.Latitude) * MetersPerDegree;
            double length = dx * dx + dy * dy;
            double along = length > 0 ? Math.Clamp(-(ax * dx + ay * dy) / length, 0, 1) : 0;
            nearest = Math.Min(nearest, Math.Sqrt(Math.Pow(ax + along * dx, 2) + Math.Pow(ay + along * dy, 2)));
        }

        return nearest;
    }
}
