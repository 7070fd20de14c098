using System.Globalization;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// Civil days of Asia/Shanghai as the registers write them ("2026-11-28"), and the instants where they begin and end. The offset is
/// UTC+8 since 1991 without exception; no time-zone data is asked.
/// </summary>
internal static class CivilDay
{
    public const long MicrosPerDay = 86_400_000_000;

    private const string Format = "yyyy-MM-dd";
    private const long OffsetMicros = 8 * 3_600_000_000L;

    private static readonly int EpochDay = new DateOnly(1970, 1, 1).DayNumber;

    public static bool TryParse(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static string ToText(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The first microsecond of the day, since 1970 UTC.</summary>
    public static long StartOf(DateOnly day) => (day.DayNumber - EpochDay) * MicrosPerDay - OffsetMicros;

    /// <summary>The day an instant lies in; years beyond 1 and 9999 are cut.</summary>
    public static DateOnly Of(long micros)
    {
        long days = (long)Math.Floor((micros + (decimal)OffsetMicros) / MicrosPerDay) + EpochDay;
        return DateOnly.FromDayNumber((int)Math.Clamp(days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));
    }
}
