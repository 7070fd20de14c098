using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Squares of a hundredth of a degree (about 1 km): by them neighbours are found without looking at every case.</summary>
internal static class MapCell
{
    private const double Degrees = 0.01;

    /// <summary>Empty: the case has no position.</summary>
    public static string Of(ProcedureCase subject) => HasPoint(subject) ? Text(Index(subject.Latitude), Index(subject.Longitude)) : "";

    /// <summary>The case's own and the eight about it.</summary>
    public static IEnumerable<string> Around(ProcedureCase subject)
    {
        if (!HasPoint(subject))
            yield break;
        for (int north = -1; north <= 1; north++)
        {
            for (int east = -1; east <= 1; east++)
                yield return Text(Index(subject.Latitude) + north, Index(subject.Longitude) + east);
        }
    }

    public static bool HasPoint(ProcedureCase subject) => double.IsFinite(subject.Latitude) && double.IsFinite(subject.Longitude)
        && (subject.Latitude != 0 || subject.Longitude != 0) && Math.Abs(subject.Latitude) <= 90 && Math.Abs(subject.Longitude) <= 180;

    private static int Index(double degrees) => (int)Math.Floor(degrees / Degrees);

    private static string Text(int north, int east) => string.Create(CultureInfo.InvariantCulture, $"{north}/{east}");
}
