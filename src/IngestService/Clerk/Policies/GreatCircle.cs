namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// Haversine on a sphere of the earth's mean radius, rounded to the millimetre: mathematics libraries differ in the last
/// bits, and a decision must come out the same on every machine.
/// </summary>
internal static class GreatCircle
{
    private const double EarthRadiusM = 6_371_008.8; // IUGG mean radius

    public static double Metres(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        double halfLatitude = Radians(latitude2 - latitude1) / 2;
        double halfLongitude = Radians(longitude2 - longitude1) / 2;
        double chord = Math.Pow(Math.Sin(halfLatitude), 2)
            + Math.Cos(Radians(latitude1)) * Math.Cos(Radians(latitude2)) * Math.Pow(Math.Sin(halfLongitude), 2);
        return Math.Round(2 * EarthRadiusM * Math.Asin(Math.Min(1, Math.Sqrt(chord))), 3);
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
