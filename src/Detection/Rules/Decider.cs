namespace EdgeEnforcement.Detection;

/// <summary>Who decides by a rule; the other side only recomputes.</summary>
public enum Decider
{
    Edge,
    Centre,
}
