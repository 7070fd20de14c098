using System.Globalization;

namespace EdgeEnforcement.IngestService.Procedure.Inspections;

/// <summary>Number of an inspection, counted per unit and year; its id and its stream follow from it, so the sequencer gives each number once.</summary>
internal readonly record struct InspectionNumber(string UnitId, int Year, uint Ordinal)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"检查 {Year}-{Ordinal}");

    public string Id => string.Create(CultureInfo.InvariantCulture, $"{UnitId}-{Year}-{Ordinal}");

    public static string Stream(string inspectionId) => $"inspection/{inspectionId}/lifecycle";

    /// <summary>Ordinal and year of an id this service gave.</summary>
    public static InspectionNumber Parse(string unitId, string inspectionId)
    {
        string[] parts = inspectionId[Math.Min(unitId.Length + 1, inspectionId.Length)..].Split('-');
        return parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int year) && uint.TryParse(parts[1], CultureInfo.InvariantCulture, out uint ordinal)
            ? new(unitId, year, ordinal) : default;
    }
}
