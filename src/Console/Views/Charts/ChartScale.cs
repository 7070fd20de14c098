using System.Globalization;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Views.Charts;

/// <summary>Values to places on a line, and the round values to write along it.</summary>
internal sealed record ChartScale(double Low, double High, double Start, double End)
{
    private const double EdgeRoom = 24;

    private static readonly TimeSpan[] TimeSteps =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1),
        TimeSpan.FromDays(2), TimeSpan.FromDays(5), TimeSpan.FromDays(10), TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(365),
    ];

    private static readonly int[] Steps = [1, 2, 5, 10];

    public double At(double value) => Start + ((value - Low) / (High - Low) * (End - Start));

    /// <summary>For values: some air above and below, never a line without height.</summary>
    public static ChartScale OfValues(double low, double high, double start, double end)
    {
        if (high - low < 1e-9)
            (low, high) = (low - Math.Max(1, Math.Abs(low) * 0.1), high + Math.Max(1, Math.Abs(high) * 0.1));
        var air = (high - low) * 0.06;
        return new ChartScale(low >= 0 && low - air < 0 ? 0 : low - air, high + air, start, end);
    }

    public IEnumerable<(double Place, string Text)> Ticks(int most)
    {
        var raw = (High - Low) / most;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = Steps.Select(factor => factor * power).First(size => size >= raw);
        var decimals = (int)Math.Clamp(-Math.Floor(Math.Log10(step)), 0, 10);
        for (var value = Math.Ceiling(Low / step) * step; value <= High; value += step)
            yield return (At(value), Math.Round(value, decimals).ToString($"F{decimals}", CultureInfo.InvariantCulture));
    }

    /// <summary>Low and High are Unix milliseconds; steps begin with the civil day.</summary>
    public IEnumerable<(double Place, string Text)> TimeTicks(int most)
    {
        var span = TimeSpan.FromMilliseconds(High - Low);
        var step = TimeSteps.FirstOrDefault(size => span / size <= most, TimeSpan.FromDays(365 * Math.Ceiling(span.TotalDays / 365 / most)));
        var form = step >= TimeSpan.FromDays(1) ? (span > TimeSpan.FromDays(300) ? "yyyy-MM-dd" : "MM-dd") : step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : span > TimeSpan.FromDays(1.5) ? "MM-dd HH:mm" : "HH:mm";
        var first = Figures.Civil(DateTimeOffset.FromUnixTimeMilliseconds((long)Low));
        var day = new DateTimeOffset(first.Date, first.Offset);
        var at = day + (step * Math.Ceiling((first - day) / step));
        // A word at the very edge would be cut.
        for (; At(at.ToUnixTimeMilliseconds()) <= End - EdgeRoom; at += step)
            yield return (At(at.ToUnixTimeMilliseconds()), at.ToString(form, CultureInfo.InvariantCulture));
    }
}
