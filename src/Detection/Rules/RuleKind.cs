namespace EdgeEnforcement.Detection;

/// <summary>What a rule looks at. The number is stored in snapshots.</summary>
public enum RuleKind
{
    None = 0,
    Threshold = 1,
    Rate = 2,
    Periods = 3,
    Stuck = 4,
    Combined = 5,
    Missing = 6,
    Tamper = 7,
    Backfill = 8,

    /// <summary>Built in: readings no rule may judge.</summary>
    Quality = 9,
}
