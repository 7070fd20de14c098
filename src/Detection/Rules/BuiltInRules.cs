namespace EdgeEnforcement.Detection;

/// <summary>Rule ids of what is reported without a rule of the file.</summary>
public static class BuiltInRules
{
    /// <summary>Readings a rule could not judge: a flag other than N, another unit, no value (HJ 212 table of data flags).</summary>
    public const string QualityFlag = "quality-flag";

    /// <summary>Parent of what was found in a planned maintenance window.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>Parent of what was above a budget of new alerts.</summary>
    public const string Storm = "alert-storm";

    /// <summary>Parent of the silent stations of one gateway.</summary>
    public const string GatewaySilent = "gateway-silent";

    /// <summary>Parent of hydrological alerts of one basin (rain mode).</summary>
    public const string Basin = "basin-high-water";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [QualityFlag, Maintenance, Storm, GatewaySilent, Basin];
}
