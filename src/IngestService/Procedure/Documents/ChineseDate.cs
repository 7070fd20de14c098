using System.Globalization;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>Days and times as documents write them, in Asia/Shanghai, Arabic digits without leading zeros (GB/T 9704-2012, 7.3.5.4).</summary>
internal static class ChineseDate
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>"2026年11月29日"; empty for none.</summary>
    public static string Day(Timestamp? at) => at is null ? "" : Day(at.ToDateTimeOffset());

    public static string Day(DateTimeOffset at) => Format(at, "yyyy年M月d日");

    /// <summary>Of a register's day ("2026-11-29"); what is no such day stays as it is.</summary>
    public static string Day(string day) =>
        CivilDay.TryParse(day, out DateOnly known) ? known.ToString("yyyy年M月d日", CultureInfo.InvariantCulture) : day;

    /// <summary>"2026年11月29日14时05分"; empty for none.</summary>
    public static string Minute(Timestamp? at) => at is null ? "" : Format(at.ToDateTimeOffset(), "yyyy年M月d日H时mm分");

    /// <summary>"2026-11-29 14:05:09" for lists of recordings; empty for none.</summary>
    public static string Second(Timestamp? at) => at is null ? "" : Format(at.ToDateTimeOffset(), "yyyy-MM-dd HH:mm:ss");

    /// <summary>Part of a recording: "00:01:10–00:02:05".</summary>
    public static string Span(uint fromMs, uint untilMs) => $"{Clock(fromMs)}–{Clock(untilMs)}";

    private static string Clock(uint ms) => TimeSpan.FromMilliseconds(ms).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Format(DateTimeOffset at, string format) => at.ToOffset(Offset).ToString(format, CultureInfo.InvariantCulture);
}
