namespace EdgeEnforcement.Detection;

/// <summary>What storm control may do with an alert: hydrological ones of a basin fold, the last three never do.</summary>
public enum AlertCategory
{
    Pollution,
    Hydrological,
    Device,
    SandMining,
    Dumping,
    Tamper,
}
