using System.Globalization;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// The standard's times are local times of China without a zone: UTC+8 all year.
internal static class Hj212Time
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);
    private static readonly string[] Forms = ["yyyyMMddHHmmss", "yyyyMMddHHmmssfff"];

    public static DateTimeOffset? Parse(string text) =>
        DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999
            ? new DateTimeOffset(local, Zone)
            : null;

    /// yyyyMMddHHmmss
    public static string Format(DateTimeOffset time) => time.ToOffset(Zone).ToString(Forms[0], CultureInfo.InvariantCulture);

    /// yyyyMMddHHmmsszzz, where zzz is milliseconds
    public static string FormatQn(DateTimeOffset time) => time.ToOffset(Zone).ToString(Forms[1], CultureInfo.InvariantCulture);

    /// yyyy-MM-dd HH:mm, for people.
    public static string Show(DateTimeOffset time) => time.ToOffset(Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// The beginning of the local day.
    public static DateTimeOffset DayOf(DateTimeOffset time) => new(time.ToOffset(Zone).Date, Zone);
}
