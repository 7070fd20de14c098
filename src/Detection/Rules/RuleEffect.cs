namespace EdgeEnforcement.Detection;

/// <summary>What a rule's finding is in law (JSON: judges).</summary>
public enum RuleEffect
{
    /// <summary>涉嫌违法: only readings of the period the law judges, only with flag N.</summary>
    Violation,

    /// <summary>预警: what the law does not judge by this value.</summary>
    Warning,

    /// <summary>险情: to flood control, never a case.</summary>
    Hazard,

    /// <summary>设备状态.</summary>
    Device,
}
