namespace EdgeEnforcement.Detection;

/// <summary>One thing an alert states, and what comes out when it is decided again from the readings it quotes.</summary>
public sealed record RecomputedValue(string Name, string Stated, string Recomputed)
{
    /// <summary>The alert says what its readings say.</summary>
    public bool IsSame => Stated == Recomputed;
}
