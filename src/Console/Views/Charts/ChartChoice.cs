using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Charts;

/// <summary>What the page's address says of its chart; anything may be missing or nonsense.</summary>
public sealed record ChartChoice(string? Factor, string? Kind, string? Unit, string? From, string? To, int? Days)
{
    /// <summary>The series that is meant; without a word, the one observed last, station's own minutes and real-time values before the rest.</summary>
    public SeriesRow? Of(IReadOnlyCollection<SeriesRow> all)
    {
        var named = all.Where(row => (Factor is null || row.Factor == Factor) && (Kind is null || row.Kind.ToString() == Kind) && (Unit is null || row.Unit == Unit));
        return named.OrderBy(row => row.Kind is ReadingKind.Minute or ReadingKind.RealTime ? 0 : 1)
            .ThenByDescending(row => row.Latest?.Reading.ObservedAt).FirstOrDefault();
    }

    /// <summary>The page's address for a series and a range.</summary>
    public static string Address(string device, SeriesRow row, ChartRange range) =>
        $"stations/{Uri.EscapeDataString(device)}?factor={Uri.EscapeDataString(row.Factor)}&kind={row.Kind}&unit={Uri.EscapeDataString(row.Unit)}&{range.Query}";
}
