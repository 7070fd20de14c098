using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Detection.Rules;

/// The words of the rule file.
internal static class RuleNames
{
    public static IReadOnlyDictionary<string, RuleKind> Kinds { get; } = new Dictionary<string, RuleKind>
    {
        ["threshold"] = RuleKind.Threshold,
        ["rate"] = RuleKind.Rate,
        ["periods"] = RuleKind.Periods,
        ["stuck"] = RuleKind.Stuck,
        ["combined"] = RuleKind.Combined,
        ["missing"] = RuleKind.Missing,
        ["tamper"] = RuleKind.Tamper,
        ["backfill"] = RuleKind.Backfill,
    };

    public static IReadOnlyDictionary<string, RuleEffect> Effects { get; } = new Dictionary<string, RuleEffect>
    {
        ["violation"] = RuleEffect.Violation,
        ["warning"] = RuleEffect.Warning,
        ["hazard"] = RuleEffect.Hazard,
        ["device"] = RuleEffect.Device,
    };

    public static IReadOnlyDictionary<string, Decider> Deciders { get; } = new Dictionary<string, Decider>
    {
        ["edge"] = Decider.Edge,
        ["centre"] = Decider.Centre,
    };

    public static IReadOnlyDictionary<string, ReadingKind> Periods { get; } = new Dictionary<string, ReadingKind>
    {
        ["real-time"] = ReadingKind.RealTime,
        ["minute"] = ReadingKind.Minute,
        ["hour"] = ReadingKind.Hour,
        ["day"] = ReadingKind.Day,
    };

    public static IReadOnlyDictionary<string, ValueChoice> Values { get; } = new Dictionary<string, ValueChoice>
    {
        ["value"] = ValueChoice.Value,
        ["converted"] = ValueChoice.Converted,
        ["minimum"] = ValueChoice.Minimum,
        ["maximum"] = ValueChoice.Maximum,
        ["total"] = ValueChoice.Total,
    };

    public static IReadOnlyDictionary<string, Comparison> Comparisons { get; } = new Dictionary<string, Comparison>
    {
        ["above"] = Comparison.Above,
        ["below"] = Comparison.Below,
        ["outside"] = Comparison.Outside,
    };

    public static IReadOnlyDictionary<string, AlertCategory> Categories { get; } = new Dictionary<string, AlertCategory>
    {
        ["pollution"] = AlertCategory.Pollution,
        ["hydrological"] = AlertCategory.Hydrological,
        ["device"] = AlertCategory.Device,
        ["sand-mining"] = AlertCategory.SandMining,
        ["dumping"] = AlertCategory.Dumping,
        ["tamper"] = AlertCategory.Tamper,
    };

    public static IReadOnlyDictionary<string, AlertSeverity> Severities { get; } = new Dictionary<string, AlertSeverity>
    {
        ["info"] = AlertSeverity.Info,
        ["warning"] = AlertSeverity.Warning,
        ["serious"] = AlertSeverity.Serious,
        ["critical"] = AlertSeverity.Critical,
    };

    public static IReadOnlyDictionary<string, DeviceEventKind> Events { get; } = new Dictionary<string, DeviceEventKind>
    {
        ["box-door"] = DeviceEventKind.BoxDoor,
        ["moved"] = DeviceEventKind.Moved,
        ["instrument-replaced"] = DeviceEventKind.InstrumentReplaced,
        ["identity"] = DeviceEventKind.Identity,
    };

    public static IReadOnlyDictionary<string, bool> Matches { get; } = new Dictionary<string, bool> { ["all"] = true, ["any"] = false };

    public static string NameOf<T>(IReadOnlyDictionary<string, T> names, T value) => names.First(n => EqualityComparer<T>.Default.Equals(n.Value, value)).Key;
}
