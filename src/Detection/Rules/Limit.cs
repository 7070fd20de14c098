using EdgeEnforcement.Detection.Rules;

namespace EdgeEnforcement.Detection;

/// <summary>
/// A limit with its hysteresis. Level is the lower end of a range for Outside, Upper its upper end. An open episode ends only at or
/// within Clear (and ClearUpper).
/// </summary>
public sealed record Limit(Comparison Comparison, double Level, double Upper, double Clear, double ClearUpper)
{
    /// <summary>The comparison as the rule file words it: "above", "below", "outside".</summary>
    public string Word => RuleNames.NameOf(RuleNames.Comparisons, Comparison);

    /// <summary>How far beyond the limit; not above 0: the limit is kept.</summary>
    public double Excess(double value) => Comparison switch
    {
        Comparison.Above => value - Level,
        Comparison.Below => Level - value,
        Comparison.Outside => Math.Max(Level - value, value - Upper),
        _ => throw new InvalidOperationException($"No such comparison: {Comparison}."),
    };

    public bool IsClear(double value) => Comparison switch
    {
        Comparison.Above => value <= Clear,
        Comparison.Below => value >= Clear,
        Comparison.Outside => value >= Clear && value <= ClearUpper,
        _ => throw new InvalidOperationException($"No such comparison: {Comparison}."),
    };
}
