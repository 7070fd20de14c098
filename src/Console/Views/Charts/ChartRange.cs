using System.Globalization;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Views.Charts;

/// <summary>What part of time a chart shows, as the page's address says it: the last days, or a stretch in civil time.</summary>
public sealed record ChartRange(DateTimeOffset From, DateTimeOffset To, int? LastDays)
{
    public static readonly int[] Days = [1, 7, 30, 365];

    private const string Written = "yyyy-MM-dd'T'HH:mm";
    private const string WrittenWithSeconds = "yyyy-MM-dd'T'HH:mm:ss";
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CivilOffset = TimeSpan.FromHours(8);

    public TimeSpan Span => To - From;

    /// <summary>A stretch that cannot be read, or is none, becomes the last day.</summary>
    public static ChartRange Parse(string? from, string? to, int? days, DateTimeOffset now)
    {
        if (Civil(from) is { } start && Civil(to) is { } end && end - start >= Least)
            return new ChartRange(start, end, null);
        int last = days is { } asked && Days.Contains(asked) ? asked : Days[0];
        return new ChartRange(now.AddDays(-last), now, last);
    }

    /// <summary>The part between two places, each from 0 to 1.</summary>
    public ChartRange Part(double first, double last)
    {
        var (low, high) = (Math.Clamp(Math.Min(first, last), 0, 1), Math.Clamp(Math.Max(first, last), 0, 1));
        return Stretch(From + (Span * low), From + (Span * high));
    }

    /// <summary>The same length, earlier or later by a part of it.</summary>
    public ChartRange Moved(double by) => new(From + (Span * by), To + (Span * by), null);

    /// <summary>Twice as long, around the same middle.</summary>
    public ChartRange Wider() => new(From - (Span / 2), To + (Span / 2), null);

    /// <summary>For the address: "days=7" or "from=...&amp;to=...".</summary>
    public string Query => LastDays is { } days ? $"days={days}" : $"from={Text(From)}&to={Text(To)}";

    public static string Text(DateTimeOffset at) => Figures.Civil(at).ToString(WrittenWithSeconds, CultureInfo.InvariantCulture);

    private static ChartRange Stretch(DateTimeOffset from, DateTimeOffset to) => to - from >= Least ? new ChartRange(from, to, null) : new ChartRange(from, from + Least, null);

    private static DateTimeOffset? Civil(string? typed) =>
        DateTime.TryParseExact(typed, [Written, WrittenWithSeconds], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year is > 1970 and < 9000
            ? new DateTimeOffset(at, CivilOffset)
            : null;
}
