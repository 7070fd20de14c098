using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Localization;

/// <summary>Instants, spans and sizes as the pages write them. All clocks are shown at UTC+8, the legal civil time.</summary>
internal static class Figures
{
    private static readonly TimeSpan CivilOffset = TimeSpan.FromHours(8);
    private static readonly DateTimeOffset Earliest = DateTimeOffset.MinValue.AddDays(2);
    private static readonly DateTimeOffset Latest = DateTimeOffset.MaxValue.AddDays(-2);
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    public static string Moment(Timestamp? at) => at is null ? "—" : Moment(at.ToDateTimeOffset());

    public static string Moment(DateTimeOffset at) => Civil(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Clock(Timestamp? at) => at is null ? "—" : Clock(at.ToDateTimeOffset());

    public static string Clock(DateTimeOffset at) => Civil(at).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => Civil(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A device's clock may stand at either end of time, where eight hours more or less are no date.</summary>
    public static DateTimeOffset Civil(DateTimeOffset at) =>
        (at < Earliest ? Earliest : at > Latest ? Latest : at).ToOffset(CivilOffset);

    /// <summary>What a person typed at a page is civil time.</summary>
    public static Timestamp FromCivil(DateTime typed) =>
        new DateTimeOffset(DateTime.SpecifyKind(typed, DateTimeKind.Unspecified), CivilOffset).ToTimestamp();

    /// <summary>The civil day of an instant.</summary>
    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Civil(at).DateTime);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Year(int year) => year.ToString("0000", CultureInfo.InvariantCulture);

    public static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    public static string Span(Duration? span) => span is null ? "—" : Span(span.ToTimeSpan());

    public static string Span(TimeSpan span)
    {
        var sign = span < TimeSpan.Zero ? "−" : "";
        span = span.Duration();
        return sign + (span.TotalDays >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays}d {span:hh\\:mm\\:ss}")
            : span.TotalHours >= 1 ? span.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture)
            : span.ToString("mm\\:ss", CultureInfo.InvariantCulture));
    }

    public static string Seconds(Duration? span) =>
        span is null ? "—" : span.ToTimeSpan().TotalSeconds.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture) + " s";

    public static string Size(ulong bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1000 && unit < Units.Length - 1; unit++)
            value /= 1000;
        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>A measured value: what the device said, without the noise of binary fractions.</summary>
    public static string Value(double value) => Math.Round(value, 4).ToString("0.####", CultureInfo.InvariantCulture);

    public static string Number(ulong value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Number(uint value) => Number((ulong)value);

    public static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    public static string ShortHex(Google.Protobuf.ByteString bytes) => bytes.Length < 8 ? Hex(bytes) : Hex(bytes)[..12] + "…";

    /// <summary>An erased file has no name any more; its place in the ledger is what is left of it.</summary>
    public static string MediaName(MediaRow row) => row.OriginalPath.Length > 0 ? FileName(row.OriginalPath) : $"#{row.ManifestIndex}";

    public static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
