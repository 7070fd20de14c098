namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// Days, hours and months of readings are cut in the civil time of the field: UTC+8, which has no summer time. A daily mean in law is that of
/// the civil day, and a table that ended eight hours elsewhere would cut it. Instants are milliseconds since 1970 UTC.
/// </summary>
internal static class CivilCalendar
{
    public const long MinuteMs = 60_000;
    public const long HourMs = 60 * MinuteMs;
    public const long DayMs = 24 * HourMs;

    private const long OffsetMs = 8 * HourMs;

    /// <summary>Start of the civil minute, hour, day or other span that divides a day.</summary>
    public static long Floor(long ms, long spanMs)
    {
        long within = (ms + OffsetMs) % spanMs;
        return ms - (within < 0 ? within + spanMs : within);
    }

    /// <summary>Civil month: 12 × year + month − 1.</summary>
    public static int Month(long ms)
    {
        DateTime civil = DateTime.UnixEpoch.AddMilliseconds(ms + OffsetMs);
        return (12 * civil.Year) + civil.Month - 1;
    }

    /// <summary>First instant of the month.</summary>
    public static long Start(int month) =>
        (long)(new DateTime(month / 12, (month % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMilliseconds - OffsetMs;

    /// <summary>"202611", the end of its tables' names.</summary>
    public static string Name(int month) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{month / 12:0000}{(month % 12) + 1:00}");

    public static int Parse(string name) => (12 * int.Parse(name.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture))
        + int.Parse(name.AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture) - 1;
}
