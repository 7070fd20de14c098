namespace EdgeEnforcement.IngestService.Cases;

/// <summary>The civil date of the acts: UTC+8.</summary>
internal static class CivilDate
{
    public static int YearOf(TimeProvider time) => time.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Year;
}
