using System.Globalization;

namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// Words of the clerk's facts. They are part of the bytes that a crash makes him write again: invariant culture and the
/// civil time of the field (UTC+8, which has no summer time), never the machine's.
/// </summary>
internal static class ClerkText
{
    private static readonly TimeSpan CivilOffset = TimeSpan.FromHours(8);

    public static string Duration(TimeSpan duration) => string.Create(
        CultureInfo.InvariantCulture, $"{(long)duration.TotalHours:00}:{duration.Minutes:00}:{duration.Seconds:00}");

    public static string Metres(double metres) => metres.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>2026-11-21 14:00–16:00 +08:00, with the second date only where it differs.</summary>
    public static string Window(TimeSpanMicros window)
    {
        DateTimeOffset start = Civil(window.Start);
        DateTimeOffset end = Civil(window.End);
        string last = end.ToString(start.Date == end.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-dd HH:mm}–{last} +08:00");
    }

    private static DateTimeOffset Civil(long micros) =>
        DateTimeOffset.UnixEpoch.AddMicroseconds(Math.Clamp(micros, -62_135_000_000_000_000, 253_402_000_000_000_000)).ToOffset(CivilOffset);
}
