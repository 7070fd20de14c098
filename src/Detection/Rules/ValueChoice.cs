namespace EdgeEnforcement.Detection;

/// <summary>Which of a reading's values is compared.</summary>
public enum ValueChoice
{
    /// <summary>Rtd, or the mean of the period.</summary>
    Value,

    /// <summary>ZsRtd, ZsAvg: converted to reference oxygen (折算值).</summary>
    Converted,
    Minimum,
    Maximum,
    Total,
}
