namespace EdgeEnforcement.Detection;

/// <summary>Strict: a value equal to the limit keeps it.</summary>
public enum Comparison
{
    Above,
    Below,
    Outside,
}
